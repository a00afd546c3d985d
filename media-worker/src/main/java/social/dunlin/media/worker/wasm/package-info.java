/**
 * A program of its own, started by {@link social.dunlin.media.worker.engine.WasmEngine}: decoders written in Rust
 * ({@code src/main/rust}), which the build turns from WebAssembly into Java classes. In executables it is they themselves,
 * started with a first word that says so.
 */
package social.dunlin.media.worker.wasm;
