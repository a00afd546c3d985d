use std::io::BufReader;

use jpeg_decoder::{Decoder, PixelFormat};

use super::{words, Needed, Picture, Rows};
use crate::host::Source;

/// Decoded to an eighth, a quarter or a half where that suffices, as the transform allows.
pub struct Jpeg {
    decoder: Decoder<BufReader<Source>>,
    size: (usize, usize),
    format: PixelFormat,
}

impl Jpeg {
    pub fn open(needed: Needed) -> Result<Jpeg, String> {
        let mut decoder = Decoder::new(Source::open());
        decoder.read_info().map_err(words)?;
        let info = decoder.info().ok_or("no header")?;
        let (width, height) = needed(info.width as usize, info.height as usize);
        let size = decoder.scale(width.min(65_535) as u16, height.min(65_535) as u16).map_err(words)?;
        Ok(Jpeg { decoder, size: (size.0 as usize, size.1 as usize), format: info.pixel_format })
    }
}

impl Picture for Jpeg {
    fn size(&self) -> (usize, usize) {
        self.size
    }

    fn channels(&self) -> usize {
        3
    }

    fn profile(&mut self) -> Option<Vec<u8>> {
        self.decoder.icc_profile()
    }

    fn rows(&mut self, row: Rows) -> Result<(), String> {
        let samples = self.decoder.decode().map_err(words)?;
        let mut rgb = vec![0; self.size.0 * 3];
        for line in samples.chunks_exact(self.size.0 * self.format.pixel_bytes()) {
            match self.format {
                PixelFormat::RGB24 => {
                    row(line);
                    continue;
                }
                PixelFormat::L8 => rgb.chunks_exact_mut(3).zip(line).for_each(|(pixel, &grey)| pixel.fill(grey)),
                PixelFormat::L16 => rgb.chunks_exact_mut(3).zip(line.chunks_exact(2)).for_each(|(pixel, grey)| pixel.fill(u16::from_ne_bytes([grey[0], grey[1]]).to_be_bytes()[0])),
                PixelFormat::CMYK32 => rgb.chunks_exact_mut(3).zip(line.chunks_exact(4)).for_each(|(pixel, ink)| {
                    let light = 255 - ink[3] as u32;
                    pixel.iter_mut().zip(ink).for_each(|(sample, &ink)| *sample = ((255 - ink as u32) * light / 255) as u8);
                }),
            }
            row(&rgb);
        }
        Ok(())
    }
}
