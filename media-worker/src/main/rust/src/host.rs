//! What the program around this module lends it: one file to read, two to write, and a place for a complaint.

use std::io::{self, Read, Seek, SeekFrom, Write};

mod lent {
    #[link(wasm_import_module = "host")]
    extern "C" {
        pub fn length() -> i64;
        pub fn read(position: i64, pointer: *mut u8, length: usize) -> i32;
        pub fn write(output: u32, pointer: *const u8, length: usize);
        pub fn complain(pointer: *const u8, length: usize);
    }
}

/// The picture that was sent.
pub struct Source {
    position: u64,
    length: u64,
}

impl Source {
    pub fn open() -> io::BufReader<Source> {
        io::BufReader::with_capacity(1 << 15, Source { position: 0, length: unsafe { lent::length() } as u64 })
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = unsafe { lent::read(self.position as i64, buffer.as_mut_ptr(), buffer.len()) };
        let number = usize::try_from(number).map_err(|_| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        self.position += number as u64;
        Ok(number)
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
        };
        self.position = position.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

/// One of the two files that are made.
pub enum Output {
    Picture,
    Raster,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let number = match self {
            Output::Picture => 0,
            Output::Raster => 1,
        };
        unsafe { lent::write(number, bytes.as_ptr(), bytes.len()) };
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub fn complain(words: &str) {
    unsafe { lent::complain(words.as_ptr(), words.len()) }
}
