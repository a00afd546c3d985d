use std::io::BufReader;

use png::{ColorType, Decoder, Limits, Reader, Transformations};

use super::{words, Needed, Picture, Rows};
use crate::host::Source;

/// Row by row; only an interlaced one is in memory as a whole.
pub struct Png {
    reader: Reader<BufReader<Source>>,
    colours: ColorType,
}

impl Png {
    pub fn open(needed: Needed) -> Result<Png, String> {
        let mut decoder = Decoder::new_with_limits(Source::open(), Limits { bytes: 1 << 27 });
        decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
        decoder.set_ignore_text_chunk(true);
        let reader = decoder.read_info().map_err(words)?;
        needed(reader.info().width as usize, reader.info().height as usize);
        let colours = reader.output_color_type().0;
        Ok(Png { reader, colours })
    }

    fn give(colours: ColorType, line: &[u8], room: &mut [u8], row: &mut dyn FnMut(&[u8])) {
        match colours {
            ColorType::Grayscale => room.chunks_exact_mut(3).zip(line).for_each(|(pixel, &grey)| pixel.fill(grey)),
            ColorType::GrayscaleAlpha => room.chunks_exact_mut(4).zip(line.chunks_exact(2)).for_each(|(pixel, sample)| {
                pixel[..3].fill(sample[0]);
                pixel[3] = sample[1];
            }),
            _ => return row(line),
        }
        row(room);
    }
}

impl Picture for Png {
    fn size(&self) -> (usize, usize) {
        (self.reader.info().width as usize, self.reader.info().height as usize)
    }

    fn channels(&self) -> usize {
        if matches!(self.colours, ColorType::Rgba | ColorType::GrayscaleAlpha) { 4 } else { 3 }
    }

    fn profile(&mut self) -> Option<Vec<u8>> {
        self.reader.info().icc_profile.as_ref().map(|profile| profile.to_vec())
    }

    fn rows(&mut self, row: Rows) -> Result<(), String> {
        let (width, height) = self.size();
        let mut room = vec![0; width * self.channels()];
        if self.reader.info().interlaced {
            let mut whole = vec![0; self.reader.output_buffer_size()];
            let frame = self.reader.next_frame(&mut whole).map_err(words)?;
            whole.chunks_exact(frame.line_size).take(height).for_each(|line| Png::give(self.colours, line, &mut room, row));
            return Ok(());
        }
        for _ in 0..height {
            let line = self.reader.next_row().map_err(words)?.ok_or("rows are missing")?;
            Png::give(self.colours, line.data(), &mut room, row);
        }
        Ok(())
    }
}
