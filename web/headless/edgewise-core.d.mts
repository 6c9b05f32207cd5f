// Types of edgewise-core.mjs.

/** dtype 'int8' comes as Int8Array, 'float32' as Float32Array, and so on; 'bool' as Uint8Array, 'int64' as BigInt64Array, 'uint64' as BigUint64Array. */
export type Tensor = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

export interface End {
  name: string;
  /** Batch included, as the file has it. */
  shape: number[];
  dtype: 'float32' | 'int8' | 'uint8' | 'int16' | 'int32' | 'int64' | 'bool' | (string & {});
  /** real = scale * (code - zeroPoint); null where the file gives no grid for the whole tensor. */
  scale: number | null;
  zeroPoint: number | null;
}

/** n samples back to back, as real numbers; each as long as the model's input. */
export interface Samples { x: Float32Array; n: number }

export interface Score {
  metric: 'accuracy' | 'mae' | 'auc' | 'agreement';
  value: number;
  /** The 95 % interval. */
  low: number;
  high: number;
  n: number;
  /** False: there were no labels, and the float model is what answers are compared with. */
  against_labels: boolean;
  agreement_with_float: number;
  answers_changed: number;
}

export interface Cost {
  board: string;
  library: string;
  recipe: string;
  flash_bytes: {weights: number; graph: number; runtime: number};
  ram_bytes: {arena_planned: number; arena_persistent: number; runtime: number};
  /** These three, and those of the layers, are null where nobody has published the board's clock. */
  latency_ms: number | null;
  latency_low_ms: number | null;
  latency_high_ms: number | null;
  energy_mj: number | null;
  energy_low_mj?: number;
  energy_high_mj?: number;
  fits: boolean;
  binding: 'none' | 'flash' | 'ram' | 'unknown memory';
  basis: string;
  note: string;
  layers: {name: string; op: string; macs: number; cycles: number; weight_bytes: number;
    latency_ms: number | null; latency_low_ms: number | null; latency_high_ms: number | null; has_rule: boolean}[];
}

export interface Model {
  readonly inputs: End[];
  readonly outputs: End[];
  /** One inference. A typed array for each input, of its type and length; new arrays come back, or `into`, filled. */
  run(inputs: Tensor[], into?: Tensor[]): Tensor[];
  /** n inferences in one call, for models with one input: samples back to back. An array for each output, n times as long as run's. State is kept as n calls of run keep it. */
  runBatch(samples: Tensor, n: number): Tensor[];
  /** Forgets what the model kept from run to run: state of LSTM and SVDF, variables. */
  reset(): void;
  /** The integer model a recipe makes of this one's float form. Activations are calibrated on the data; only a recipe without integer activations needs none. */
  compress(recipe: string, data?: Samples): Model;
  /** How well it does on all samples; without labels and targets: how often it agrees with the float model. */
  score(data: Samples & {labels?: ArrayLike<number | bigint>; targets?: ArrayLike<number>}): Score;
  /** What it costs on a microcontroller; ids as `edgewise boards` lists them. */
  cost(on?: {board?: string; library?: string}): Cost;
  /** What `edgewise inspect --json` prints: layers, MACs, every byte of the file attributed. */
  inspect(): Record<string, unknown>;
  /** As a file that TensorFlow Lite runs. */
  toTflite(): Uint8Array;
  /** Gives its memory back. A model that was freed says so when it is used. */
  free(): void;
  [Symbol.dispose](): void;
}

export interface Edgewise {
  /** Which of the two builds runs. The answers are the same bytes. */
  readonly simd: 'relaxed' | 'baseline';
  /** Memory held now; it never shrinks. */
  readonly memoryBytes: number;
  readonly memoryLimitBytes: number;
  /** `name` stands in messages. */
  load(bytes: Uint8Array | ArrayBuffer, options?: {name?: string}): Model;
}

/** What is thrown: `reason` says what is wrong, `offset` is the byte of the file, `where` the place in it; `message` has it all in one sentence. */
export class EdgewiseError extends Error {
  reason: string;
  offset: number | null;
  where: string;
  file: string;
  advice: string;
}

export default function Edgewise(options?: {
  /** 'auto': relaxed SIMD where the machine has it. */
  simd?: 'auto' | 'relaxed' | 'baseline';
  /** For tests: how the relaxed dot product is taken to read its second operand. 'none' and 'i7' are safe on every machine; the answers are the same bytes. */
  relaxedDot?: 'auto' | 'none' | 'i7' | 'unsigned_exact' | 'signed_exact';
  /** The .wasm file to run instead of the one beside the module: its address, its bytes or the compiled module. It has to be of the build that `simd` picks. */
  wasm?: string | URL | ArrayBuffer | ArrayBufferView | WebAssembly.Module;
}): Promise<Edgewise>;
