package social.dunlin.media.worker.engine;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import social.dunlin.StartupException;
import social.dunlin.config.DunlinConfiguration;

/** Chooses the engine that the settings name, or the best that is there. */
@ApplicationScoped
class Engines {
    /** Not before somebody asks it something: finding out what programs can do takes longer than the rest of the start. */
    @Produces
    @ApplicationScoped
    PictureEngine engine(DunlinConfiguration configuration) {
        return switch (configuration.media().engine()) {
            case AUTOMATIC -> VipsEngine.find().<PictureEngine>map(engine -> engine).or(JavaEngine::find).or(WasmEngine::find).orElseGet(NoEngine::new);
            case VIPS -> wanted(VipsEngine.find(), "vips", "install the command line of libvips (Debian: libvips-tools)");
            case JAVA -> wanted(JavaEngine.find(), "java", "native executables have no Java");
            case WASM -> wanted(WasmEngine.find(), "wasm", "neither this executable nor Java can be started anew");
            case NONE -> new NoEngine();
        };
    }

    private static PictureEngine wanted(Optional<? extends PictureEngine> engine, String name, String remedy) {
        return engine.orElseThrow(() -> new StartupException(StartupException.BAD_CONFIGURATION,
            "media.engine is '%s', but it cannot be used here: %s.".formatted(name, remedy), null));
    }
}
