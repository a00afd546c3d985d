use std::io::BufReader;

use image_webp::WebPDecoder;

use super::{words, Needed, Picture, Rows};
use crate::host::Source;

/// The format has no rows that could be read one by one.
pub struct Webp {
    decoder: WebPDecoder<BufReader<Source>>,
}

impl Webp {
    pub fn open(needed: Needed) -> Result<Webp, String> {
        let decoder = WebPDecoder::new(Source::open()).map_err(words)?;
        let (width, height) = decoder.dimensions();
        needed(width as usize, height as usize);
        Ok(Webp { decoder })
    }
}

impl Picture for Webp {
    fn size(&self) -> (usize, usize) {
        let (width, height) = self.decoder.dimensions();
        (width as usize, height as usize)
    }

    fn channels(&self) -> usize {
        if self.decoder.has_alpha() { 4 } else { 3 }
    }

    fn profile(&mut self) -> Option<Vec<u8>> {
        self.decoder.icc_profile().ok().flatten()
    }

    fn rows(&mut self, row: Rows) -> Result<(), String> {
        let mut whole = vec![0; self.decoder.output_buffer_size().ok_or("too large")?];
        self.decoder.read_image(&mut whole).map_err(words)?;
        let width = self.size().0;
        whole.chunks_exact(width * self.channels()).for_each(row);
        Ok(())
    }
}
