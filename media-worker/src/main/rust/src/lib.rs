//! Makes one picture smaller: decodes a JPEG, PNG, GIF or WebP row by row where the format allows it, fits it into a box or
//! fills one, in sRGB and upright, and writes it as JPEG or PNG, and once more very small as a portable pixmap.
//!
//! It is compiled to WebAssembly, and that to Java classes. So it has only the memory and the four functions that it is lent.

mod colour;
mod decoders;
mod encoders;
mod host;
mod resizer;

use decoders::Picture;
use host::Output;
use resizer::{Part, Resizer};

/// Where the whole goes, in the picture's own direction.
struct Plan {
    width: usize,
    height: usize,
    /// What is shown, as shares of width and height: left, top, right, bottom.
    shown: [f64; 4],
}

impl Plan {
    fn new(width: usize, height: usize, box_width: usize, box_height: usize, crop: bool) -> Plan {
        let (w, h) = (width as f64, height as f64);
        let (across, down) = (box_width as f64 / w, box_height as f64 / h);
        if crop {
            let scale = across.max(down);
            let (cut_width, cut_height) = ((box_width as f64 / scale / w).min(1.0), (box_height as f64 / scale / h).min(1.0));
            let (left, top) = ((1.0 - cut_width) / 2.0, (1.0 - cut_height) / 2.0);
            return Plan { width: box_width, height: box_height, shown: [left, top, left + cut_width, top + cut_height] };
        }
        let scale = across.min(down).min(1.0);
        Plan { width: ((w * scale).round() as usize).max(1), height: ((h * scale).round() as usize).max(1), shown: [0.0, 0.0, 1.0, 1.0] }
    }

    /// How large the whole picture has to be decoded at least.
    fn needed(&self) -> (usize, usize) {
        ((self.width as f64 / (self.shown[2] - self.shown[0])).ceil() as usize, (self.height as f64 / (self.shown[3] - self.shown[1])).ceil() as usize)
    }
}

/// Red, green, blue and opacity of each pixel.
pub struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

impl Pixels {
    fn on_white(&mut self) {
        for pixel in self.rgba.chunks_exact_mut(4) {
            let opacity = pixel[3] as u32;
            for sample in &mut pixel[..3] {
                *sample = ((*sample as u32 * opacity + 255 * (255 - opacity) + 127) / 255) as u8;
            }
            pixel[3] = 255;
        }
    }

    /// The eight ways of EXIF.
    fn turned(self, orientation: u32) -> Pixels {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (width, height) = if orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) };
        let mut rgba = Vec::with_capacity(self.rgba.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match orientation {
                    2 => (self.width - 1 - x, y),
                    3 => (self.width - 1 - x, self.height - 1 - y),
                    4 => (x, self.height - 1 - y),
                    5 => (y, x),
                    6 => (y, self.height - 1 - x),
                    7 => (self.width - 1 - y, self.height - 1 - x),
                    _ => (self.width - 1 - y, x),
                };
                let at = (from_y * self.width + from_x) * 4;
                rgba.extend_from_slice(&self.rgba[at..at + 4]);
            }
        }
        Pixels { width, height, rgba }
    }

    fn smaller(&self, side: usize) -> Pixels {
        let plan = Plan::new(self.width, self.height, side, side, false);
        let mut resizer = Resizer::new(Part::of(self.width, self.height, plan.shown), plan.width, plan.height, 4);
        self.rgba.chunks_exact(self.width * 4).for_each(|row| resizer.row(row));
        resizer.finish()
    }
}

fn run(format: u32, orientation: u32, box_width: usize, box_height: usize, crop: bool, target: u32, side: usize) -> Result<(), String> {
    let turned = (5..=8).contains(&orientation);
    let (across, down) = if turned { (box_height, box_width) } else { (box_width, box_height) };
    let mut wanted = None;
    let mut picture: Box<dyn Picture> = decoders::open(format, &mut |width, height| {
        let plan = Plan::new(width, height, across, down, crop);
        let needed = plan.needed();
        wanted = Some(plan);
        needed
    })?;
    let plan = wanted.ok_or("no size")?;
    let (width, height) = picture.size();
    let profile = picture.profile();
    let mut resizer = Resizer::new(Part::of(width, height, plan.shown), plan.width, plan.height, picture.channels());
    picture.rows(&mut |row| resizer.row(row))?;
    drop(picture);
    let mut pixels = resizer.finish();
    if let Some(conversion) = profile.and_then(|bytes| colour::Conversion::to_srgb(&bytes)) {
        conversion.apply(&mut pixels.rgba);
    }
    let mut pixels = pixels.turned(orientation);
    if target == 1 {
        encoders::png(&pixels, Output::Picture)?;
        pixels.on_white();
    } else {
        pixels.on_white();
        encoders::jpeg(&pixels, Output::Picture)?;
    }
    encoders::pixmap(&pixels.smaller(side), Output::Raster)
}

/// format: 0 JPEG, 1 PNG, 2 GIF, 3 WebP; target: 0 JPEG, 1 PNG. Gives 0 when both files are written.
#[no_mangle]
pub extern "C" fn make(format: u32, orientation: u32, box_width: u32, box_height: u32, crop: u32, target: u32, side: u32) -> u32 {
    std::panic::set_hook(Box::new(|panic| host::complain(&panic.to_string())));
    match run(format, orientation, box_width as usize, box_height as usize, crop == 1, target, side as usize) {
        Ok(()) => 0,
        Err(complaint) => {
            host::complain(&complaint);
            1
        }
    }
}
