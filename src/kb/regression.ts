import type { Vector } from './weighting.ts';

/** A softmax regression that keeps weights only where a feature occurs under a class (compressed rows, a row per feature). */
export interface Regression {
  classes: number;
  /** Row of feature f: places start[f] to start[f + 1] of `of` and `weights`. */
  start: Int32Array;
  /** Class of a weight. */
  of: Uint16Array;
  weights: Float32Array;
  bias: Float32Array;
}

/** Passes, learning rate at the first and the last step, and how far the targets are smoothed. */
export interface Training {
  passes: number;
  rate: number;
  smoothing: number;
}

/** Trains by stochastic gradient descent, in an order drawn from a fixed seed: the same data give the same weights. */
export function train(
  vectors: Vector[],
  classOf: ArrayLike<number>,
  classes: number,
  features: number,
  training: Training,
  weightOf?: ArrayLike<number>,
): Regression {
  const model = empty(vectors, classOf, classes, features);
  const random = seeded(7);
  const order = Uint32Array.from(vectors.keys());
  const scores = new Float32Array(classes);
  const steps = training.passes * vectors.length;
  let step = 0;
  for (let pass = 0; pass < training.passes; pass++) {
    shuffle(order, random);
    for (const at of order) {
      const vector = vectors[at] as Vector;
      const rate = training.rate * (1 - 0.9 * (step++ / steps)) * (weightOf?.[at] ?? 1);
      score(model, vector, scores);
      softmax(scores, 1);
      const target = classOf[at] ?? 0;
      for (let c = 0; c < classes; c++) {
        const gradient = (c === target ? 1 - training.smoothing : 0) + training.smoothing / classes - (scores[c] ?? 0);
        scores[c] = rate * gradient;
        model.bias[c] = (model.bias[c] ?? 0) + rate * 0.1 * gradient;
      }
      const { start, of, weights } = model;
      const { ids, values } = vector;
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] as number;
        const value = values[i] as number;
        const end = start[id + 1] as number;
        for (let j = start[id] as number; j < end; j++) (weights[j] as number) += value * (scores[of[j] as number] as number);
      }
    }
  }
  return model;
}

/** Raw scores of every class into `scores`. */
export function score(model: Regression, vector: Vector, scores: Float32Array): void {
  const { start, of, weights } = model;
  const { ids, values } = vector;
  scores.set(model.bias);
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] as number;
    const value = values[i] as number;
    const end = start[id + 1] as number;
    for (let j = start[id] as number; j < end; j++) (scores[of[j] as number] as number) += value * (weights[j] as number);
  }
}

/** Scores to probabilities, in place. A temperature above 1 makes them less sure. */
export function softmax(scores: Float32Array, temperature: number): void {
  let top = -Infinity;
  for (const value of scores) if (value > top) top = value;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const power = Math.exp(((scores[c] ?? 0) - top) / temperature);
    scores[c] = power;
    sum += power;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}

// Places for the weights: a feature's row holds the classes under whose questions it occurs.
function empty(vectors: Vector[], classOf: ArrayLike<number>, classes: number, features: number): Regression {
  const byClass = Uint32Array.from(vectors.keys()).sort((a, b) => (classOf[a] as number) - (classOf[b] as number) || a - b);
  const last = new Int32Array(features).fill(-1);
  const start = new Int32Array(features + 1);
  for (const at of byClass) {
    for (const id of (vectors[at] as Vector).ids) {
      if (last[id] === classOf[at]) continue;
      last[id] = classOf[at] as number;
      start[id + 1] = (start[id + 1] as number) + 1;
    }
  }
  for (let id = 0; id < features; id++) start[id + 1] = (start[id + 1] as number) + (start[id] as number);
  const of = new Uint16Array(start[features] as number);
  const next = start.slice(0, features);
  last.fill(-1);
  for (const at of byClass) {
    for (const id of (vectors[at] as Vector).ids) {
      if (last[id] === classOf[at]) continue;
      last[id] = classOf[at] as number;
      of[(next[id] as number)++] = classOf[at] as number;
    }
  }
  return { classes, start, of, weights: new Float32Array(of.length), bias: new Float32Array(classes) };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
}

function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
