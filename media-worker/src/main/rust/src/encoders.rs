use std::io::Write;

use crate::host::Output;
use crate::Pixels;

const QUALITY: u8 = 86;

pub fn jpeg(pixels: &Pixels, output: Output) -> Result<(), String> {
    jpeg_encoder::Encoder::new(std::io::BufWriter::new(output), QUALITY)
        .encode(&pixels.rgba, pixels.width as u16, pixels.height as u16, jpeg_encoder::ColorType::Rgba)
        .map_err(|failure| failure.to_string())
}

pub fn png(pixels: &Pixels, output: Output) -> Result<(), String> {
    let mut encoder = png::Encoder::new(output, pixels.width as u32, pixels.height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_filter(png::FilterType::Paeth);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels.rgba)).map_err(|failure| failure.to_string())
}

/// P6.
pub fn pixmap(pixels: &Pixels, mut output: Output) -> Result<(), String> {
    let mut bytes = format!("P6\n{} {}\n255\n", pixels.width, pixels.height).into_bytes();
    pixels.rgba.chunks_exact(4).for_each(|pixel| bytes.extend_from_slice(&pixel[..3]));
    output.write_all(&bytes).map_err(|failure| failure.to_string())
}
