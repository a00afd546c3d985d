package social.dunlin.media.worker.wasm;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import social.dunlin.InnerProgram;

/**
 * Makes one picture smaller and ends: the decoders, in a memory of their own that cannot grow over its limit, with one file
 * to read and two to write. Nothing else is started here.
 */
public final class PictureProgram implements InnerProgram {
    private static final int GOOD = 0;
    private static final int BAD = 1;
    private static final int PAGES_PER_MEGABYTE = (1 << 20) / Memory.PAGE_SIZE;
    private static final int BUFFER = 1 << 16;
    private static final List<ValType> NOTHING = List.of();

    /**
     * What it is asked for, as words of a command line.
     *
     * @param format and target as the module numbers them
     * @param crop 1 to fill the box
     * @param side of the raster, in pixels
     * @param megabytes of the module's memory at most
     */
    public record Order(Path source, int format, int orientation, int width, int height, int crop, Path picture, int target, Path raster, int side,
            int megabytes) {
        static Order parse(List<String> words) {
            return new Order(Path.of(words.get(0)), number(words, 1), number(words, 2), number(words, 3), number(words, 4), number(words, 5),
                Path.of(words.get(6)), number(words, 7), Path.of(words.get(8)), number(words, 9), number(words, 10));
        }

        private static int number(List<String> words, int index) {
            return Integer.parseInt(words.get(index));
        }

        public List<String> words() {
            return Stream.of(source, format, orientation, width, height, crop, picture, target, raster, side, megabytes).map(Object::toString).toList();
        }
    }

    /** On a virtual machine. */
    public static void main(String[] words) {
        System.exit(new PictureProgram().run(List.of(words)));
    }

    /** Where the classes lie that a virtual machine needs for it; not to be had in executables. */
    public static List<Path> libraries() {
        return Stream.of(PictureProgram.class, PictureModule.class, InnerProgram.class, Instance.class, WasmModule.class)
            .map(type -> type.getProtectionDomain().getCodeSource()).filter(Objects::nonNull)
            .map(CodeSource::getLocation).filter(Objects::nonNull).map(location -> Path.of(location.getPath())).distinct().toList();
    }

    @Override
    public String word() {
        return "--inner-picture";
    }

    @Override
    public int run(List<String> words) {
        Order order = Order.parse(words);
        try (FileChannel source = FileChannel.open(order.source(), StandardOpenOption.READ);
                OutputStream picture = Files.newOutputStream(order.picture()); OutputStream raster = Files.newOutputStream(order.raster())) {
            return new Run(source, List.of(picture, raster)).make(order);
        } catch (IOException | UncheckedIOException failure) {
            System.err.println(failure.getMessage());
            return BAD;
        }
    }

    private static final class Run {
        private final FileChannel source;
        private final List<OutputStream> outputs;
        private final byte[] buffer = new byte[BUFFER];
        private String complaint = "";

        Run(FileChannel source, List<OutputStream> outputs) {
            this.source = source;
            this.outputs = outputs;
        }

        int make(Order order) {
            try {
                Instance module = Instance.builder(PictureModule.load()).withMachineFactory(PictureModule::create).withImportValues(lent())
                    .withMemoryFactory(limits -> memory(limits, order.megabytes() * PAGES_PER_MEGABYTE)).build();
                long[] made = module.export("make").apply(order.format(), order.orientation(), order.width(), order.height(), order.crop(), order.target(), order.side());
                if (made[0] == GOOD) {
                    return GOOD;
                }
            } catch (ChicoryException | OutOfMemoryError | StackOverflowError trap) {
                if (complaint.isEmpty()) {
                    complaint = "%s, or more is needed than %d MB".formatted(trap.getMessage(), order.megabytes());
                }
            }
            System.err.println(complaint);
            return BAD;
        }

        private static Memory memory(MemoryLimits wanted, int most) {
            return new ByteArrayMemory(new MemoryLimits(wanted.initialPages(), most), new GrowingMemory(most * Memory.PAGE_SIZE));
        }

        private ImportValues lent() {
            return ImportValues.builder().addFunction(
                lent("length", NOTHING, List.of(ValType.I64), (module, words) -> new long[] {length()}),
                lent("read", List.of(ValType.I64, ValType.I32, ValType.I32), List.of(ValType.I32),
                    (module, words) -> new long[] {read(module.memory(), words[0], (int) words[1], (int) words[2])}),
                lent("write", List.of(ValType.I32, ValType.I32, ValType.I32), NOTHING, (module, words) -> {
                    write(outputs.get((int) words[0]), module.memory().readBytes((int) words[1], (int) words[2]));
                    return null;
                }),
                lent("complain", List.of(ValType.I32, ValType.I32), NOTHING, (module, words) -> {
                    complaint = new String(module.memory().readBytes((int) words[0], (int) words[1]), StandardCharsets.UTF_8);
                    return null;
                })).build();
        }

        private static HostFunction lent(String name, List<ValType> words, List<ValType> answers, WasmFunctionHandle function) {
            return new HostFunction("host", name, FunctionType.of(words, answers), function);
        }

        private long length() {
            try {
                return source.size();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private int read(Memory memory, long position, int to, int length) {
            if (position < 0 || length < 0) {
                return -1;
            }
            try {
                int number = Math.max(0, source.read(ByteBuffer.wrap(buffer, 0, Math.min(length, BUFFER)), position));
                memory.write(to, buffer, 0, number);
                return number;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        private static void write(OutputStream output, byte[] bytes) {
            try {
                output.write(bytes);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
