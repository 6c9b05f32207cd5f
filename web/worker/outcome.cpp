#include "web/worker/outcome.h"

#include <cmath>
#include <optional>

#include "core/base/text.h"

namespace edgewise::protocol {

namespace {

constexpr std::uint64_t longest_text = 64u << 10;

// One description of each struct serves both directions: `io` writes what a field holds, or puts there what it reads.

class Writer {
 public:
  explicit Writer(ByteWriter& out) : out_(out) {}
  void text(const std::string& value) { out_.string(std::string_view(value).substr(0, longest_text)); }
  void real(const double& value) { out_.f64(value); }
  void flag(const bool& value) { out_.u8(value ? 1 : 0); }
  void small(const int& value) { out_.u8(static_cast<std::uint8_t>(value)); }
  template <class Enum>
  void one_of(const Enum& value, Enum) { out_.u8(static_cast<std::uint8_t>(value)); }
  template <class T, class Each>
  void list(const std::vector<T>& values, Each each) {
    out_.u32(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) each(*this, value);
  }
  void maybe(const std::optional<double>& value) {
    flag(value.has_value());
    real(value.value_or(0));
  }

 private:
  ByteWriter& out_;
};

class Reader {
 public:
  explicit Reader(ByteReader& in) : in_(in) {}
  void text(std::string& value) { take(in_.string("text of a lab", longest_text), value); }
  void real(double& value) {
    const std::uint64_t at = in_.offset();
    take(in_.f64("number of a lab"), value);
    if (!error && !std::isfinite(value)) error = Error{"a number of a lab is not finite", at, {}, {}, {}};
  }
  void flag(bool& value) { value = byte(1) == 1; }
  void small(int& value) { value = byte(12); }
  template <class Enum>
  void one_of(Enum& value, Enum last) { value = static_cast<Enum>(byte(static_cast<std::uint8_t>(last))); }
  template <class T, class Each>
  void list(std::vector<T>& values, Each each) {
    const std::uint64_t at = in_.offset();
    std::uint32_t count = 0;
    take(in_.u32("list of a lab"), count);
    if (!error && count > in_.remaining()) error = Error{edgewise::text("a list of a lab has ", count, " entries, ", in_.remaining(), " bytes are left"), at, {}, {}, {}};
    for (std::uint32_t i = 0; i < count && !error; ++i) each(*this, values.emplace_back());   // an entry has a byte at least
  }
  void maybe(std::optional<double>& value) {
    bool is_there = false;
    double read = 0;
    flag(is_there);
    real(read);
    if (is_there) value = read;
    else if (!error && read != 0) error = Error{"a number of a lab is absent and not 0", in_.offset() - 8, {}, {}, {}};
  }

  std::optional<Error> error;

 private:
  std::uint8_t byte(std::uint8_t last) {
    const std::uint64_t at = in_.offset();
    std::uint8_t value = 0;
    take(in_.u8("choice of a lab"), value);
    if (!error && value > last) error = Error{edgewise::text("a choice of a lab is ", value, ", the last is ", last), at, {}, {}, {}};
    return error ? std::uint8_t{0} : value;
  }
  template <class T>
  void take(Result<T> read, T& into) {
    if (error) return;
    if (!read) error = read.error();
    else into = *std::move(read);
  }

  ByteReader& in_;
};

template <class Io, class Table>
void describe_table(Io& io, Table& table) {
  const auto line = [](Io& of, auto& value) { of.text(value); };
  io.text(table.title);
  io.list(table.header, line);
  io.list(table.rows, [&](Io& of, auto& row) { of.list(row, line); });
}

template <class Io, class Picture>
void describe_picture(Io& io, Picture& picture) {
  const auto number = [](Io& of, auto& value) { of.real(value); };
  io.text(picture.title), io.text(picture.x_label), io.text(picture.y_label);
  io.list(picture.curves, [&](Io& of, auto& curve) {
    of.text(curve.label);
    of.list(curve.x, number), of.list(curve.y, number);
    of.one_of(curve.stroke, labs::Stroke::bars), of.one_of(curve.tone, labs::Tone::bad);
  });
  io.list(picture.marks, [](Io& of, auto& mark) { of.text(mark.label), of.real(mark.x), of.one_of(mark.tone, labs::Tone::bad); });
  io.flag(picture.is_x_logarithmic), io.flag(picture.is_y_logarithmic);
}

template <class Io, class Outcome>
void describe(Io& io, Outcome& outcome) {
  const auto number = [](Io& of, auto& value) { of.real(value); };
  io.text(outcome.sentence);
  io.one_of(outcome.tone, labs::Tone::bad);
  io.list(outcome.figures, [](Io& of, auto& figure) {
    of.text(figure.key), of.text(figure.label), of.text(figure.unit), of.real(figure.value), of.maybe(figure.low), of.maybe(figure.high);
    of.text(figure.formula), of.text(figure.numbers), of.text(figure.source), of.one_of(figure.tone, labs::Tone::bad), of.small(figure.decimals);
  });
  io.list(outcome.pictures, [](Io& of, auto& picture) { describe_picture(of, picture); });
  io.list(outcome.tables, [](Io& of, auto& table) { describe_table(of, table); });
  io.list(outcome.stages, [&](Io& of, auto& step) {
    of.text(step.key), of.text(step.title), of.text(step.result), of.text(step.formula), of.text(step.numbers), of.text(step.about);
    of.list(step.bars, number);
    describe_table(of, step.table);
    of.one_of(step.tone, labs::Tone::bad);
  });
  io.list(outcome.reaches, [](Io& of, auto& reach) { of.text(reach.key), of.real(reach.highest), of.real(reach.value), of.text(reach.shown); });
}

/// What the panels that draw it rely on.
bool is_whole(const labs::Outcome& outcome) {
  for (const labs::Picture& picture : outcome.pictures)
    for (const labs::Curve& curve : picture.curves)
      if (curve.x.size() != curve.y.size()) return false;
  const auto fits = [](const labs::Table& table) {
    for (const auto& row : table.rows)
      if (row.size() != table.header.size()) return false;
    return true;
  };
  for (const labs::Table& table : outcome.tables)
    if (!fits(table)) return false;
  for (const labs::Stage& step : outcome.stages)
    if (!fits(step.table) || (!step.bars.empty() && step.bars.size() != step.table.rows.size())) return false;
  return !outcome.figures.empty();
}

}  // namespace

void write_outcome(ByteWriter& out, const labs::Outcome& outcome) {
  Writer io(out);
  describe(io, outcome);
}

Result<labs::Outcome> read_outcome(ByteReader& in) {
  const std::uint64_t at = in.offset();
  Reader io(in);
  labs::Outcome outcome;
  describe(io, outcome);
  if (io.error) return std::unexpected(*std::move(io.error));
  if (!is_whole(outcome)) return fail("what a lab came to has no figure, or lists of different lengths", {}, at);
  return outcome;
}

}  // namespace edgewise::protocol
