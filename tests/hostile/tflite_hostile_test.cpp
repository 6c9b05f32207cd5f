// Model files that are broken, by accident or on purpose. Every one of them gives a sentence or a valid graph, and never a crash: run with sanitizers,
// and as wasm32, where a length of 2^31 means something else.
#include <doctest/doctest.h>

#include <limits>
#include <optional>
#include <string>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/tflite.h"
#include "core/formats/tflite_schema.h"
#include "core/graph/check.h"
#include "tests/support/corpus.h"
#include "tests/support/graph_builder.h"

namespace edgewise {
namespace {

namespace schema = tflite::schema;
using test::GraphBuilder;
using test::grid;

/// A file of our own: an integer convolution with scales per channel and a bias, then a quantization to 16 bits, and a float constant.
Bytes sample_file() {
  GraphBuilder b;
  const ValueId x = b.input(DType::int8, {1, 2, 2, 3}, grid(0.5f, 3));
  const ValueId w = b.constant<std::int8_t>({2, 1, 1, 3}, {1, 2, 3, 4, 5, 6}, {{0.25f, 0.5f}, {0, 0}, 0});
  const ValueId bias = b.constant<std::int32_t>({2}, {-7, 7}, {{0.125f, 0.25f}, {0, 0}, 0});
  const ValueId y = b.node(Conv2d{}, {x, w, bias}, DType::int8, {1, 2, 2, 2}, grid(1.0f, -2));
  const ValueId z = b.node(Dequantize{}, {y}, DType::float32, {1, 2, 2, 2});
  const ValueId offsets = b.constant<float>({2}, {1.0f, 2.0f});
  const auto file = tflite::write(b.graph(b.node(Add{}, {z, offsets}, DType::float32, {1, 2, 2, 2})));
  CHECK_MESSAGE(file.has_value(), (file ? "" : to_text(file.error())));
  return file ? *file : Bytes();
}

/// Either an error in words or a graph that keeps every rule, with every byte accounted for.
void check_survives(const Bytes& file) {
  const auto model = load_model(file, "hostile.tflite");
  if (!model) {
    CHECK_FALSE(model.error().reason.empty());
    CHECK(model.error().file == "hostile.tflite");
    if (model.error().offset) CHECK(*model.error().offset <= file.size());
    return;
  }
  CHECK(check(*model->graph).has_value());
  std::uint64_t at = 0;
  for (const ByteRange& range : model->bytes) {
    if (range.first != at || range.count == 0) break;
    at += range.count;
  }
  CHECK(at == file.size());
}

Bytes truncated(const Bytes& file, std::size_t length) { return Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length)); }

template <class T>
Bytes with(Bytes file, std::size_t at, T value) {
  if (at + sizeof value <= file.size()) std::memcpy(file.data() + at, &value, sizeof value);
  return file;
}

constexpr std::uint32_t hostile_words[] = {0, 0x80000000u, 0xffffffffu};

TEST_CASE("a file of our own, cut at every byte before its last padding, gives a sentence") {
  const Bytes file = sample_file();
  const auto whole = load_model(file, "whole.tflite");
  CHECK(whole.has_value());
  if (!whole) return;
  const ByteRange last = whole->bytes.back();
  const std::uint64_t needed = last.kind == ByteRange::Kind::padding ? last.first : file.size();
  for (std::size_t length = 0; length < needed; ++length) {
    INFO("cut to ", length);
    const auto model = load_model(truncated(file, length), "cut.tflite");
    CHECK_FALSE(model.has_value());
  }
}

TEST_CASE("a file of our own survives 0, 2^31 and 2^32-1 in place of every four bytes") {
  const Bytes file = sample_file();
  for (std::size_t at = 0; at + 4 <= file.size(); ++at)
    for (const std::uint32_t word : hostile_words) {
      INFO("byte ", at, " set to ", word);
      check_survives(with(file, at, word));
    }
}

TEST_CASE("a file of our own survives any one byte of another value") {
  const Bytes file = sample_file();
  for (std::size_t at = 0; at < file.size(); ++at)
    for (const unsigned flip : {0x01u, 0x7fu, 0x80u, 0xffu}) {
      INFO("byte ", at, " flipped by ", flip);
      check_survives(with(file, at, file[at] ^ static_cast<std::byte>(flip)));
    }
}

TEST_CASE("the files of the corpus survive cuts and hostile words at many places") {
  const auto folder = test::shared_path("corpus/tflite");
  if (!folder) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  for (const std::string& path : test::files_in(*folder, ".tflite")) {
    const Bytes file = test::read_file(path);
    if (file.empty()) continue;
    // About as much work for every file: many places in small ones, few in large ones; odd steps, so that all remainders modulo 4 and 8 occur.
    const std::size_t cuts = 8 + 60'000 / file.size(), words = 8 + 120'000 / file.size();
    INFO(path);
    for (std::size_t i = 0; i < cuts; ++i) {
      const std::size_t length = i * file.size() / cuts;
      INFO("cut to ", length);
      check_survives(truncated(file, length));
    }
    for (std::size_t i = 0; i < words; ++i) {
      const std::size_t at = i * file.size() / words / 4 * 4;
      INFO("byte ", at);
      check_survives(with(file, at, hostile_words[i % 3]));
    }
  }
}

// --- what the sentences say ----------------------------------------------------------------------------------------------------------------

/// A broken file and what must be said of it.
struct Broken {
  std::string name;
  Bytes file;
  std::uint64_t offset;
  std::string where, reason;
};

/// Makes broken files out of a sound one, by the addresses of its fields.
class Breaker {
 public:
  explicit Breaker(Bytes file) : file_(std::move(file)), model_(schema::GetModel(file_.data())), subgraph_(model_->subgraphs()->Get(0)) {}

  const schema::Model& model() const { return *model_; }
  const schema::SubGraph& subgraph() const { return *subgraph_; }
  const schema::Tensor& tensor(std::uint32_t t) const { return *subgraph_->tensors()->Get(t); }
  const schema::Operator& op(std::uint32_t n) const { return *subgraph_->operators()->Get(n); }
  const Bytes& file() const { return file_; }
  template <class Table>
  std::uint64_t field(const Table& table, flatbuffers::voffset_t at) const { return tflite::offset_of_field(file_, &table, at); }
  template <class T>
  std::uint64_t item(const flatbuffers::Vector<T>& vector, std::uint32_t i) const { return tflite::offset_in(file_, vector.Data()) + std::uint64_t{i} * sizeof(T); }
  template <class T>
  Broken set(std::string name, std::uint64_t at, T value, std::string where, std::string reason, std::optional<std::uint64_t> blamed = {}) const {
    return {std::move(name), with(file_, static_cast<std::size_t>(at), value), blamed.value_or(at), std::move(where), std::move(reason)};
  }

 private:
  Bytes file_;
  const schema::Model* model_;
  const schema::SubGraph* subgraph_;
};

TEST_CASE("a broken file is described by byte, place and reason") {
  const Breaker b(sample_file());
  const Bytes& file = b.file();
  const std::uint64_t size = file.size();
  const auto& weights = b.tensor(1);
  const auto* options = b.op(0).builtin_options_as_Conv2DOptions();
  const auto* data = b.model().buffers()->Get(1)->data();  // of the weights: the last in the file
  const std::uint64_t data_at = tflite::offset_in(file, data), code_at = b.field(*b.model().operator_codes()->Get(1), schema::OperatorCode::VT_BUILTIN_CODE);
  const std::uint64_t real_at = b.item(*b.model().buffers()->Get(3)->data(), 4);
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();

  const Broken cases[] = {
      {"a text", Bytes(64, std::byte{'x'}), 4, "", "a TensorFlow Lite file has \"TFL3\" in bytes 4 to 7; this one does not"},
      b.set("root", 0, 0xffffffffu, "", text("the offset of the root table leads to byte 4294967295, the file has ", size)),
      b.set("version", b.field(b.model(), schema::Model::VT_VERSION), 2u, "", "the schema version is 2, this program reads 3"),
      {"end is missing", truncated(file, static_cast<std::size_t>(size) - 16), data_at, "buffer 1",
       text("data has 6 elements and ends at byte ", data_at + 4 + 6, ", the file has ", size - 16)},
      b.set("vector length", data_at, 0x80000000u, "buffer 1", text("data has 2147483648 elements and ends at byte ", data_at + 4 + 0x80000000u, ", the file has ", size)),
      b.set("table offset", b.item(*b.subgraph().tensors(), 2), 0x7fffffffu, "subgraph 0 / tensor 2",
            text("the offset of the table leads to byte ", b.item(*b.subgraph().tensors(), 2) + 0x7fffffff, ", the file has ", size)),
      b.set("tensor type", b.field(weights, schema::Tensor::VT_TYPE), std::int8_t{77},
            "subgraph 0 / tensor 1 ''", "the type is number 77, the format has 0 to 18"),
      b.set("buffer number", b.field(weights, schema::Tensor::VT_BUFFER), 9u, "subgraph 0 / tensor 1 ''", "the buffer is number 9, the file has 4"),
      b.set("negative extent", b.item(*weights.shape(), 1), -5, "subgraph 0 / tensor 1 ''", "axis 1 of the shape is -5, it must be at least 0"),
      b.set("extent too large", b.item(*weights.shape(), 1), 0x7fffffff, "subgraph 0 / tensor 1 ''",
            "the shape is 2x2147483647x1x3, 12884901882 elements, the limit is 67108864",
            tflite::offset_in(file, weights.shape())),
      b.set("contents too short", b.item(*weights.shape(), 3), 4, "subgraph 0 / tensor 1 ''", "the contents have 6 bytes, 2x1x1x4 of int8 takes 8",
            data_at + 4),
      b.set("scale of zero", b.item(*weights.quantization()->scale(), 1), 0.0f, "subgraph 0 / tensor 1 ''", "scale 1 is 0, it must be positive and finite"),
      b.set("scale not a number", b.item(*weights.quantization()->scale(), 1), nan, "subgraph 0 / tensor 1 ''", "scale 1 is nan, it must be positive and finite"),
      b.set("zero point", b.item(*weights.quantization()->zero_point(), 0), std::int64_t{1000}, "subgraph 0 / tensor 1 ''", "zero point 0 is 1000, int8 holds -128 to 127"),
      b.set("constant not a number", real_at, nan, "subgraph 0 / tensor 5 ''", "element 1 is infinite or not a number"),
      b.set("operator code", b.field(b.op(1), schema::Operator::VT_OPCODE_INDEX), 7u, "subgraph 0 / operator 1", "the operator code is number 7, the file has 3"),
      b.set("input", b.item(*b.op(0).inputs(), 1), 99, "subgraph 0 / operator 0 CONV_2D", "input 1 is tensor 99, the subgraph has 7"),
      b.set("output", b.item(*b.op(0).outputs(), 0), -1, "subgraph 0 / operator 0 CONV_2D", "output 0 is tensor -1, the subgraph has 7"),
      b.set("stride", b.field(*options, schema::Conv2DOptions::VT_STRIDE_H), 0, "subgraph 0 / operator 0 CONV_2D", "stride_h is 0, it must be in [1, 1048576]"),
  };
  for (const Broken& c : cases) {
    INFO(c.name);
    const auto model = load_model(c.file, "broken.tflite");
    CHECK_FALSE(model.has_value());
    if (model) continue;
    CHECK(model.error().reason == c.reason);
    CHECK(model.error().where == c.where);
    CHECK(model.error().offset == c.offset);
    CHECK_FALSE(model.error().advice.empty());
  }

  const auto looked_at = load_model(with(file, static_cast<std::size_t>(code_at), 150), "unknown.tflite");  // DEQUANTIZE becomes GELU
  CHECK(looked_at.has_value());
  if (looked_at) CHECK(name_of(looked_at->graph->node(1).op) == "GELU");
}

/// The same graph again, its weights' contents outside of the flatbuffer as large models have them.
Bytes file_with_outside_contents(std::uint64_t offset, std::uint64_t size, std::size_t file_size) {
  flatbuffers::FlatBufferBuilder builder;
  const std::vector<flatbuffers::Offset<schema::Buffer>> buffers = {schema::CreateBuffer(builder), schema::CreateBuffer(builder, 0, offset, size)};
  const std::vector<std::int32_t> shape = {4}, ids_in = {0, 1}, ids_out = {2};
  const std::vector<flatbuffers::Offset<schema::Tensor>> tensors = {
      schema::CreateTensor(builder, builder.CreateVector(shape), schema::TensorType::FLOAT32), schema::CreateTensor(builder, builder.CreateVector(shape), schema::TensorType::FLOAT32, 1),
      schema::CreateTensor(builder, builder.CreateVector(shape), schema::TensorType::FLOAT32)};
  const auto add = schema::CreateAddOptions(builder).Union();
  const auto op = schema::CreateOperator(builder, 0, builder.CreateVector(ids_in), builder.CreateVector(ids_out), schema::BuiltinOptions::AddOptions, add);
  const auto code = schema::CreateOperatorCode(builder);
  const auto codes = builder.CreateVector(&code, 1);
  const auto operators = builder.CreateVector(&op, 1);
  const std::vector<std::int32_t> inputs = {0};
  const auto subgraph = schema::CreateSubGraph(builder, builder.CreateVector(tensors), builder.CreateVector(inputs), builder.CreateVector(ids_out), operators);
  const auto subgraphs = builder.CreateVector(&subgraph, 1);
  const auto all_buffers = builder.CreateVector(buffers);
  builder.Finish(schema::CreateModel(builder, 3, codes, subgraphs, 0, all_buffers), "TFL3");
  const auto* first = reinterpret_cast<const std::byte*>(builder.GetBufferPointer());
  Bytes file(first, first + builder.GetSize());
  CHECK(file.size() <= file_size);
  file.resize(file_size);
  const float contents[] = {1.0f, 2.0f, 3.0f, 4.0f};
  std::memcpy(file.data() + file_size - sizeof contents, contents, sizeof contents);
  return file;
}

TEST_CASE("contents outside of the flatbuffer are read inside the file, and nowhere else") {
  constexpr std::size_t size = 1024;
  const auto model = load_model(file_with_outside_contents(size - 16, 16, size), "outside.tflite");
  CHECK_MESSAGE(model.has_value(), (model ? "" : to_text(model.error())));
  if (model) {
    const auto reals = model->graph->values[1].view().as<float>();
    CHECK(reals.size() == 4);
    if (reals.size() == 4) CHECK(reals[3] == 4.0f);
    CHECK(model->bytes.back().first == size - 16);
    CHECK(model->bytes.back().kind == ByteRange::Kind::other_constants);
  }
  struct Case { std::uint64_t offset, size; };
  for (const Case& c : {Case{size - 15, 16}, Case{size, 16}, Case{2, 0xffffffffffffffffull}, Case{0xfffffffffffffff0ull, 16}, Case{0xffffffffull, 16}, Case{0x100000000ull, 16}}) {
    INFO("offset ", c.offset, ", size ", c.size);
    const auto refused = load_model(file_with_outside_contents(c.offset, c.size, size), "outside.tflite");
    CHECK_FALSE(refused.has_value());
    if (!refused) CHECK(refused.error().reason == text("buffer 1 has ", c.size, " bytes from byte ", c.offset, ", the file has ", size));
  }
}

TEST_CASE("a file of unaligned memory is read as any other") {
  const Bytes file = sample_file();
  Bytes moved(file.size() + 1);
  std::memcpy(moved.data() + 1, file.data(), file.size());
  const auto model = load_model(BytesView(moved).subspan(1), "moved.tflite");
  CHECK(model.has_value());
  if (model) CHECK(model->file_bytes == file.size());
}

}  // namespace
}  // namespace edgewise
