use std::io::BufReader;

use gif::{ColorOutput, DecodeOptions, Decoder, MemoryLimit};

use super::{words, Needed, Picture, Rows};
use crate::host::Source;

/// The first frame.
pub struct Gif {
    decoder: Decoder<BufReader<Source>>,
}

impl Gif {
    pub fn open(needed: Needed) -> Result<Gif, String> {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::Indexed);
        options.set_memory_limit(MemoryLimit::Unlimited);
        let decoder = options.read_info(Source::open()).map_err(words)?;
        needed(decoder.width() as usize, decoder.height() as usize);
        Ok(Gif { decoder })
    }
}

impl Picture for Gif {
    fn size(&self) -> (usize, usize) {
        (self.decoder.width() as usize, self.decoder.height() as usize)
    }

    fn channels(&self) -> usize {
        4
    }

    fn rows(&mut self, row: Rows) -> Result<(), String> {
        let (width, height) = self.size();
        let frame = self.decoder.next_frame_info().map_err(words)?.ok_or("no frame")?;
        let (left, top, across, down, transparent) = (frame.left as usize, frame.top as usize, frame.width as usize, frame.height as usize, frame.transparent);
        let palette = self.decoder.palette().map_err(words)?.to_vec();
        let mut indexes = vec![0; self.decoder.buffer_size()];
        self.decoder.read_into_buffer(&mut indexes).map_err(words)?;
        let colours: Vec<[u8; 4]> = (0..256)
            .map(|index| match palette.get(index * 3..index * 3 + 3) {
                Some(colour) if transparent != Some(index as u8) => [colour[0], colour[1], colour[2], 255],
                _ => [0; 4],
            })
            .collect();
        let mut line = vec![0; width * 4];
        for y in 0..height {
            line.fill(0);
            if y >= top && y < top + down {
                let samples = &indexes[(y - top) * across..(y - top + 1) * across];
                line.chunks_exact_mut(4).skip(left).zip(samples).for_each(|(pixel, &index)| pixel.copy_from_slice(&colours[index as usize]));
            }
            row(&line);
        }
        Ok(())
    }
}
