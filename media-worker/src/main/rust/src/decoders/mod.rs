//! One way to each format; all give rows of three samples, or four with opacity.

mod gif;
mod jpeg;
mod png;
mod webp;

pub type Rows<'a> = &'a mut dyn FnMut(&[u8]);
/// Given how large a picture is, says how large it is needed.
pub type Needed<'a> = &'a mut dyn FnMut(usize, usize) -> (usize, usize);

pub trait Picture {
    /// As it will come, which may be smaller than it is.
    fn size(&self) -> (usize, usize);

    fn channels(&self) -> usize;

    fn profile(&mut self) -> Option<Vec<u8>> {
        None
    }

    fn rows(&mut self, row: Rows) -> Result<(), String>;
}

pub fn open(format: u32, needed: Needed) -> Result<Box<dyn Picture>, String> {
    Ok(match format {
        0 => Box::new(jpeg::Jpeg::open(needed)?),
        1 => Box::new(png::Png::open(needed)?),
        2 => Box::new(gif::Gif::open(needed)?),
        3 => Box::new(webp::Webp::open(needed)?),
        _ => return Err("no decoder for this".into()),
    })
}

fn words(failure: impl std::fmt::Display) -> String {
    failure.to_string()
}
