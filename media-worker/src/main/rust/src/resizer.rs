//! Makes pictures smaller while their rows come in, or larger; each pixel counts, by how opaque it is.

use std::collections::VecDeque;

use crate::Pixels;

/// What is shown of a picture: its size, and from where to where.
pub struct Part {
    width: usize,
    height: usize,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Part {
    pub fn of(width: usize, height: usize, shown: [f64; 4]) -> Part {
        let (w, h) = (width as f64, height as f64);
        Part { width, height, left: shown[0] * w, top: shown[1] * h, right: shown[2] * w, bottom: shown[3] * h }
    }
}

/// Which samples make up one of the result, and how much of each.
struct Span {
    first: usize,
    weights: Vec<f32>,
}

/// By a triangle as wide as two samples of the result.
fn spans(samples: usize, from: f64, to: f64, results: usize) -> Vec<Span> {
    let scale = (to - from) / results as f64;
    let reach = scale.max(1.0);
    (0..results)
        .map(|result| {
            let centre = from + (result as f64 + 0.5) * scale;
            let first = ((centre - reach).floor().max(0.0) as usize).min(samples - 1);
            let end = ((centre + reach).ceil() as usize).clamp(first + 1, samples);
            let mut weights: Vec<f64> = (first..end).map(|sample| (1.0 - ((sample as f64 + 0.5 - centre) / reach).abs()).max(0.0)).collect();
            let sum: f64 = weights.iter().sum();
            if sum <= 0.0 {
                weights.iter_mut().for_each(|weight| *weight = 1.0);
            }
            let sum: f64 = weights.iter().sum();
            Span { first, weights: weights.iter().map(|weight| (weight / sum) as f32).collect() }
        })
        .collect()
}

pub struct Resizer {
    channels: usize,
    /// Blocks of so many samples each way are taken together first: cheap, and leaves the triangle little to do.
    step: usize,
    width: usize,
    height: usize,
    sums: Vec<u32>,
    summed: usize,
    taken: usize,
    rows_taken: usize,
    columns: Vec<Span>,
    rows: Vec<Span>,
    open: VecDeque<Vec<f32>>,
    done: usize,
    result: Pixels,
}

impl Resizer {
    /// @param channels of the rows that come: three, or four with opacity
    pub fn new(part: Part, width: usize, height: usize, channels: usize) -> Resizer {
        let ratio = ((part.right - part.left) / width as f64).min((part.bottom - part.top) / height as f64);
        let step = ((ratio / 2.0) as usize).clamp(1, 64);
        let (blocks_across, blocks_down) = (part.width.div_ceil(step), part.height.div_ceil(step));
        let by = step as f64;
        Resizer {
            channels,
            step,
            width: part.width,
            height: part.height,
            sums: vec![0; blocks_across * 4],
            summed: 0,
            taken: 0,
            rows_taken: 0,
            columns: spans(blocks_across, part.left / by, part.right / by, width),
            rows: spans(blocks_down, part.top / by, part.bottom / by, height),
            open: VecDeque::new(),
            done: 0,
            result: Pixels { width, height, rgba: Vec::with_capacity(width * height * 4) },
        }
    }

    pub fn row(&mut self, row: &[u8]) {
        if self.rows_taken == self.height || row.len() < self.width * self.channels {
            return;
        }
        let row = &row[..self.width * self.channels];
        let blocks = self.sums.chunks_exact_mut(4);
        if self.channels == 3 {
            for (sum, block) in blocks.zip(row.chunks(3 * self.step)) {
                let (mut red, mut green, mut blue) = (0u32, 0u32, 0u32);
                for pixel in block.chunks_exact(3) {
                    red += pixel[0] as u32;
                    green += pixel[1] as u32;
                    blue += pixel[2] as u32;
                }
                sum[0] += red;
                sum[1] += green;
                sum[2] += blue;
            }
        } else {
            for (sum, block) in blocks.zip(row.chunks(4 * self.step)) {
                for pixel in block.chunks_exact(4) {
                    let opacity = pixel[3] as u32;
                    sum[0] += pixel[0] as u32 * opacity;
                    sum[1] += pixel[1] as u32 * opacity;
                    sum[2] += pixel[2] as u32 * opacity;
                    sum[3] += opacity;
                }
            }
        }
        self.summed += 1;
        self.rows_taken += 1;
        if self.summed == self.step || self.rows_taken == self.height {
            self.blocks();
        }
    }

    /// Colours times opacity from here on, both from 0 to 255.
    fn blocks(&mut self) {
        let last = self.width - (self.sums.len() / 4 - 1) * self.step;
        let blocks = self.sums.len() / 4;
        let mut line = Vec::with_capacity(self.sums.len());
        for (index, sum) in self.sums.chunks_exact(4).enumerate() {
            let number = (if index + 1 == blocks { last } else { self.step } * self.summed) as f32;
            if self.channels == 3 {
                line.extend([sum[0] as f32 / number, sum[1] as f32 / number, sum[2] as f32 / number, 255.0]);
            } else {
                let of = number * 255.0;
                line.extend([sum[0] as f32 / of, sum[1] as f32 / of, sum[2] as f32 / of, sum[3] as f32 / number]);
            }
        }
        self.sums.fill(0);
        self.summed = 0;
        self.line(&line);
    }

    fn line(&mut self, line: &[f32]) {
        let y = self.taken;
        self.taken += 1;
        if self.done == self.rows.len() || self.rows[self.done].first > y {
            return;
        }
        let across = self.across(line);
        while self.done + self.open.len() < self.rows.len() && self.rows[self.done + self.open.len()].first <= y {
            self.open.push_back(vec![0.0; across.len()]);
        }
        for (index, sum) in self.open.iter_mut().enumerate() {
            let span = &self.rows[self.done + index];
            if y >= span.first && y < span.first + span.weights.len() {
                let weight = span.weights[y - span.first];
                sum.iter_mut().zip(&across).for_each(|(sum, sample)| *sum += sample * weight);
            }
        }
        while !self.open.is_empty() && self.rows[self.done].first + self.rows[self.done].weights.len() <= y + 1 {
            self.close();
        }
    }

    fn across(&self, line: &[f32]) -> Vec<f32> {
        let mut across = Vec::with_capacity(self.columns.len() * 4);
        for span in &self.columns {
            let mut sum = [0f32; 4];
            for (pixel, weight) in line[span.first * 4..].chunks_exact(4).zip(&span.weights) {
                for channel in 0..4 {
                    sum[channel] += pixel[channel] * weight;
                }
            }
            across.extend(sum);
        }
        across
    }

    fn close(&mut self) {
        if let Some(row) = self.open.pop_front() {
            for pixel in row.chunks_exact(4) {
                let opacity = pixel[3].clamp(0.0, 255.0);
                let by = if opacity > 0.0 { 255.0 / opacity } else { 0.0 };
                self.result.rgba.extend([(pixel[0] * by + 0.5) as u8, (pixel[1] * by + 0.5) as u8, (pixel[2] * by + 0.5) as u8, (opacity + 0.5) as u8]);
            }
        }
        self.done += 1;
    }

    /// What never came is white.
    pub fn finish(mut self) -> Pixels {
        self.result.rgba.resize(self.result.width * self.result.height * 4, 255);
        self.result
    }
}
