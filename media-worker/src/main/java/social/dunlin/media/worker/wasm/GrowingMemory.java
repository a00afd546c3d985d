package social.dunlin.media.worker.wasm;

import com.dylibso.chicory.runtime.alloc.MemAllocStrategy;

/** Old and new array are both there while one is copied to the other, so little more is taken than is asked for. */
record GrowingMemory(int maximum) implements MemAllocStrategy {
    @Override
    public int initial(int bytes) {
        return bytes;
    }

    @Override
    public int next(int current, int wanted) {
        return wanted <= current ? current : (int) Math.min(maximum, wanted + (long) current / 8);
    }
}
