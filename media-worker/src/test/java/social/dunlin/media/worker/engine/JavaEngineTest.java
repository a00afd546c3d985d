package social.dunlin.media.worker.engine;

class JavaEngineTest implements PictureEngineContract {
    private final PictureEngine engine = JavaEngine.find().orElseThrow();

    @Override
    public PictureEngine engine() {
        return engine;
    }
}
