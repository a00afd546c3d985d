//! From what a profile of three primaries and their curves says (ICC.1:2010, 8.3 and 10.5, 10.15) to sRGB. Phones and cameras write such ones.

pub struct Conversion {
    curves: [[f32; 256]; 3],
    matrix: [[f32; 3]; 3],
    encoded: Vec<u8>,
}

const STEPS: usize = 4096;
/// XYZ under D50, which profiles speak of, to linear sRGB.
const TO_SRGB: [[f32; 3]; 3] = [[3.1338561, -1.6168667, -0.4906146], [-0.9787684, 1.9161415, 0.0334540], [0.0719453, -0.2289914, 1.4052427]];

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn fixed(bytes: &[u8], at: usize) -> Option<f32> {
    Some(number(bytes, at)? as i32 as f32 / 65536.0)
}

fn tag<'a>(profile: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let tags = number(profile, 128)?.min(100) as usize;
    let entry = (0..tags).map(|index| 132 + index * 12).find(|&at| profile.get(at..at + 4) == Some(name))?;
    let (from, length) = (number(profile, entry + 4)? as usize, number(profile, entry + 8)? as usize);
    profile.get(from..from.checked_add(length)?)
}

fn primary(profile: &[u8], name: &[u8; 4]) -> Option<[f32; 3]> {
    let tag = tag(profile, name)?;
    Some([fixed(tag, 8)?, fixed(tag, 12)?, fixed(tag, 16)?])
}

fn curve(profile: &[u8], name: &[u8; 4]) -> Option<[f32; 256]> {
    let tag = tag(profile, name)?;
    let mut table = [0f32; 256];
    let of: Box<dyn Fn(f32) -> f32> = match tag.get(..4)? {
        b"para" => {
            let kind = u16::from_be_bytes(tag.get(8..10)?.try_into().ok()?);
            let p: Vec<f32> = (0..7).map(|index| fixed(tag, 12 + index * 4).unwrap_or(0.0)).collect();
            let g = p[0];
            match kind {
                0 => Box::new(move |x| x.powf(g)),
                1 => Box::new(move |x| if x * p[1] + p[2] >= 0.0 { (x * p[1] + p[2]).powf(g) } else { 0.0 }),
                2 => Box::new(move |x| if x * p[1] + p[2] >= 0.0 { (x * p[1] + p[2]).powf(g) + p[3] } else { p[3] }),
                3 => Box::new(move |x| if x >= p[4] { (x * p[1] + p[2]).powf(g) } else { x * p[3] }),
                4 => Box::new(move |x| if x >= p[4] { (x * p[1] + p[2]).powf(g) + p[5] } else { x * p[3] + p[6] }),
                _ => return None,
            }
        }
        b"curv" => {
            let entries = number(tag, 8)? as usize;
            let samples: Vec<u16> = tag.get(12..12usize.checked_add(entries.checked_mul(2)?)?)?.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            match entries {
                0 => Box::new(|x| x),
                1 => Box::new(move |x| x.powf(samples[0] as f32 / 256.0)),
                _ => Box::new(move |x| {
                    let at = x * (entries - 1) as f32;
                    let before = (at as usize).min(entries - 2);
                    let share = at - before as f32;
                    (samples[before] as f32 * (1.0 - share) + samples[before + 1] as f32 * share) / 65535.0
                }),
            }
        }
        _ => return None,
    };
    table.iter_mut().enumerate().for_each(|(index, value)| *value = of(index as f32 / 255.0));
    Some(table)
}

impl Conversion {
    /// Nothing for other kinds of profile: the picture is then taken for sRGB.
    pub fn to_srgb(profile: &[u8]) -> Option<Conversion> {
        if profile.get(16..20)? != b"RGB " || profile.get(20..24)? != b"XYZ " {
            return None;
        }
        let primaries = [primary(profile, b"rXYZ")?, primary(profile, b"gXYZ")?, primary(profile, b"bXYZ")?];
        let curves = [curve(profile, b"rTRC")?, curve(profile, b"gTRC")?, curve(profile, b"bTRC")?];
        let mut matrix = [[0f32; 3]; 3];
        for (row, to) in matrix.iter_mut().zip(&TO_SRGB) {
            for (cell, primary) in row.iter_mut().zip(&primaries) {
                *cell = to[0] * primary[0] + to[1] * primary[1] + to[2] * primary[2];
            }
        }
        let encoded = (0..=STEPS)
            .map(|step| {
                let linear = step as f32 / STEPS as f32;
                let value = if linear <= 0.0031308 { linear * 12.92 } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
                (value * 255.0 + 0.5) as u8
            })
            .collect();
        Some(Conversion { curves, matrix, encoded })
    }

    pub fn apply(&self, rgba: &mut [u8]) {
        for pixel in rgba.chunks_exact_mut(4) {
            let linear = [self.curves[0][pixel[0] as usize], self.curves[1][pixel[1] as usize], self.curves[2][pixel[2] as usize]];
            for (sample, row) in pixel.iter_mut().zip(&self.matrix) {
                let value = row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2];
                *sample = self.encoded[(value.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize];
            }
        }
    }
}
