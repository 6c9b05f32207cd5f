// The bytes of small .onnx files, written field by field as ONNX's protobuf schema numbers them (onnx.proto3): y = relu(x * w + b), and a GRU.

const varint = (n) => { const out = []; for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128); return [...out, n]; };
const number = (field, n) => [...varint(field * 8), ...varint(n)];
const bytes = (field, content) => [...varint(field * 8 + 2), ...varint(content.length), ...content];
const text = (field, words) => bytes(field, [...Buffer.from(words)]);

const floats = 1;   // TensorProto.DataType.FLOAT
const tensor = (name, dims, values) => [...dims.flatMap((dim) => number(1, dim)), ...number(2, floats), ...text(8, name),
  ...bytes(9, [...Buffer.from(Float32Array.from(values).buffer)])];
const value = (name, dims) => {
  const shape = dims.flatMap((dim) => bytes(1, number(1, dim)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, floats), ...bytes(2, shape)]))];
};
const node = (op, name, inputs, outputs, attributes = []) =>
  [...inputs.flatMap((input) => text(1, input)), ...outputs.flatMap((output) => text(2, output)), ...text(3, name), ...text(4, op), ...attributes.flatMap((one) => bytes(5, one))];
const integer = (name, i) => [...text(1, name), ...number(3, i), ...number(20, 2)];
const integers = (name, all) => [...text(1, name), ...all.flatMap((i) => number(8, i)), ...number(20, 7)];

/** x [1, rows], w [rows, columns] in row order, b [columns]. `op` in place of Relu makes a file whose last node is another. */
export function denseOnnx(rows, columns, w, b, op = 'Relu') {
  const graph = [
    ...bytes(1, node('Gemm', 'dense', ['x', 'w', 'b'], ['h'])), ...bytes(1, node(op, 'last', ['h'], ['y'])), ...text(2, 'small'),
    ...bytes(5, tensor('w', [rows, columns], w)), ...bytes(5, tensor('b', [columns], b)),
    ...bytes(11, value('x', [1, rows])), ...bytes(12, value('y', [1, columns])),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 13))]);   // IR version 8, opset 13
}

/** x [1, steps, inputs], as PyTorch exports a GRU that takes the batch first, then a dense layer over its last state: y [1, outputs]. `draw()` gives the weights. */
export function gruOnnx(steps, inputs, cells, outputs, draw) {
  const drawn = (name, dims) => bytes(5, tensor(name, dims, Array.from({length: dims.reduce((a, b) => a * b)}, draw)));
  const graph = [
    ...bytes(1, node('Transpose', 'turn', ['x'], ['turned'], [integers('perm', [1, 0, 2])])),
    ...bytes(1, node('GRU', 'gru', ['turned', 'W', 'R', 'B'], ['all', 'last'], [integer('hidden_size', cells), integer('linear_before_reset', 1)])),
    ...bytes(1, node('Flatten', 'flat', ['last'], ['state'], [integer('axis', 2)])), ...bytes(1, node('Gemm', 'dense', ['state', 'w', 'b'], ['y'])), ...text(2, 'gru'),
    ...drawn('W', [1, 3 * cells, inputs]), ...drawn('R', [1, 3 * cells, cells]), ...drawn('B', [1, 6 * cells]), ...drawn('w', [cells, outputs]), ...drawn('b', [outputs]),
    ...bytes(11, value('x', [1, steps, inputs])), ...bytes(12, value('y', [1, outputs])),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 14))]);
}
