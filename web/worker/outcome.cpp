#include "web/worker/outcome.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/text.h"

namespace edgewise::protocol {

namespace {

constexpr std::uint64_t longest_text = 64u << 10;
constexpr std::uint32_t most_count = 1u << 20;   // of what a recording has of a kind

// One description of each struct serves both directions: `io` writes what a field holds, or puts there what it reads.

class Writer {
 public:
  explicit Writer(ByteWriter& out) : out_(out) {}
  void text(const std::string& value) { out_.string(std::string_view(value).substr(0, longest_text)); }
  void real(const double& value) { out_.f64(value); }
  void flag(const bool& value) { out_.u8(value ? 1 : 0); }
  void count(const int& value) { out_.u32(static_cast<std::uint32_t>(value)); }
  void byte(const std::uint8_t& value) { out_.u8(value); }
  void sample(const std::int16_t& value) { out_.u16(static_cast<std::uint16_t>(value)); }
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
  template <class T, class Each>
  void maybe(const std::optional<T>& value, Each each) {
    flag(value.has_value());
    if (value) each(*this, *value);
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
  void flag(bool& value) { value = choice(1) == 1; }
  void small(int& value) { value = choice(12); }
  void count(int& value) {
    const std::uint64_t at = in_.offset();
    std::uint32_t read = 0;
    take(in_.u32("count of a lab"), read);
    if (!error && read > most_count) error = Error{edgewise::text("a count of a lab is ", read, ", the limit is ", most_count), at, {}, {}, {}};
    if (!error) value = static_cast<int>(read);
  }
  void byte(std::uint8_t& value) { take(in_.u8("byte of a lab"), value); }
  void sample(std::int16_t& value) {
    std::uint16_t read = 0;
    take(in_.u16("sample of a lab"), read);
    value = static_cast<std::int16_t>(read);
  }
  template <class Enum>
  void one_of(Enum& value, Enum last) { value = static_cast<Enum>(choice(static_cast<std::uint8_t>(last))); }
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
  template <class T, class Each>
  void maybe(std::optional<T>& value, Each each) {
    bool is_there = false;
    flag(is_there);
    if (is_there && !error) each(*this, value.emplace());
  }

  std::optional<Error> error;

 private:
  std::uint8_t choice(std::uint8_t last) {
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
    of.list(curve.x, number), of.list(curve.y, number), of.list(curve.low, number), of.list(curve.high, number);
    of.one_of(curve.stroke, labs::Stroke::bars), of.one_of(curve.tone, labs::Tone::bad);
  });
  io.list(picture.marks, [](Io& of, auto& mark) { of.text(mark.label), of.real(mark.x), of.one_of(mark.tone, labs::Tone::bad); });
  io.flag(picture.is_x_logarithmic), io.flag(picture.is_y_logarithmic), io.flag(picture.is_to_scale);
  io.list(picture.x_names, [](Io& of, auto& name) { of.text(name); });
  io.list(picture.shades, [](Io& of, auto& shades) {
    of.text(shades.label);
    of.count(shades.width), of.count(shades.height), of.count(shades.channels);
    of.list(shades.levels, [](Io& each, auto& level) { each.byte(level); });
  });
  io.maybe(picture.ground, [&](Io& of, auto& ground) {
    of.real(ground.width_m), of.real(ground.height_m);
    of.list(ground.x, number), of.list(ground.y, number);
    of.list(ground.rings, [](Io& each, auto& ring) { each.real(ring.radius_m), each.real(ring.share); });
  });
}

template <class Io, class Recording>
void describe_recording(Io& io, Recording& recording) {
  const auto byte = [](Io& of, auto& value) { of.byte(value); };
  io.text(recording.title);
  io.count(recording.windows), io.count(recording.frames), io.count(recording.bands), io.count(recording.rate_hz);
  io.real(recording.window_s), io.real(recording.decibels);
  io.list(recording.band_hz, [](Io& of, auto& value) { of.real(value); });
  io.list(recording.levels, byte), io.list(recording.scores, byte);
  io.list(recording.sound, [](Io& of, auto& value) { of.sample(value); });
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
  io.list(outcome.listings, [](Io& of, auto& listing) {
    of.text(listing.title), of.text(listing.comment);
    of.list(listing.lines, [](Io& each, auto& line) { each.text(line); });
  });
  io.list(outcome.reaches, [](Io& of, auto& reach) { of.text(reach.key), of.real(reach.highest), of.real(reach.value), of.text(reach.shown); });
  io.flag(outcome.is_of_model);
  io.maybe(outcome.recording, [](Io& of, auto& recording) { describe_recording(of, recording); });
}

bool is_whole(const labs::Recording& recording) {
  const std::size_t windows = static_cast<std::size_t>(recording.windows), bands = static_cast<std::size_t>(recording.bands);
  const bool has_length = windows > 0 && windows <= 64 && bands > 1 && recording.frames > 0 && recording.window_s > 0 && recording.window_s <= 60 && recording.rate_hz >= 3000 && recording.rate_hz <= 192'000;   // what Web Audio takes
  if (!has_length || recording.levels.size() / windows / bands != static_cast<std::size_t>(recording.frames) || recording.levels.size() % (windows * bands) != 0) return false;
  return recording.scores.size() == windows && recording.sound.size() % windows == 0 && recording.band_hz.size() == bands && recording.band_hz.front() > 0 && std::ranges::is_sorted(recording.band_hz);
}

/// What the panels that draw it rely on.
bool is_whole(const labs::Outcome& outcome) {
  for (const labs::Picture& picture : outcome.pictures) {
    for (const labs::Curve& curve : picture.curves)
      if (curve.x.size() != curve.y.size() || curve.low.size() != curve.high.size() || (!curve.low.empty() && curve.low.size() != curve.y.size())) return false;
    for (const labs::Shades& each : picture.shades)
      if ((each.channels != 1 && each.channels != 3) || each.width <= 0 || each.height <= 0 || each.levels.size() / static_cast<std::size_t>(each.channels) / static_cast<std::size_t>(each.width) != static_cast<std::size_t>(each.height) ||
          each.levels.size() % (static_cast<std::size_t>(each.channels) * static_cast<std::size_t>(each.width)) != 0) return false;
    if (picture.ground && (picture.ground->x.size() != picture.ground->y.size() || !(picture.ground->width_m > 0 && picture.ground->height_m > 0))) return false;
  }
  if (outcome.recording && !is_whole(*outcome.recording)) return false;
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
