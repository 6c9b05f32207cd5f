// Changes a protobuf file where it is a protobuf file: fields are changed, dropped, doubled, exchanged and copied from elsewhere, and every length around them
// is put right, so that most of the result still reads and reaches the code behind the reader.
//
// Without a schema: the contents of a field with a length are a message when all of them read as fields of small numbers. Some names do too; no harm.
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

#include "core/base/random.h"
#include "tests/fuzz/targets.h"

namespace edgewise::fuzz {

namespace {

enum Wire : std::uint64_t { varint = 0, fixed_64 = 1, length = 2, fixed_32 = 5 };

struct Field {
  std::uint64_t number = 0, wire = varint;
  std::uint64_t value = 0;          ///< of a varint
  Bytes contents;                   ///< of the others, where they are no message
  std::vector<Field> fields;        ///< of a message
  bool is_message = false;
};

class Reader {
 public:
  explicit Reader(BytesView bytes) : bytes_(bytes) {}

  bool is_at_end() const { return at_ == bytes_.size(); }
  std::optional<std::uint64_t> number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
      const auto byte = static_cast<std::uint64_t>(bytes_[at_++]);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return {};
  }
  std::optional<BytesView> take(std::uint64_t count) {
    if (count > bytes_.size() - at_) return {};
    at_ += static_cast<std::size_t>(count);
    return bytes_.subspan(at_ - static_cast<std::size_t>(count), static_cast<std::size_t>(count));
  }

 private:
  BytesView bytes_;
  std::size_t at_ = 0;
};

constexpr std::uint64_t most_fields = 1u << 14, largest_number = 32;
constexpr int deepest = 10;

std::optional<std::vector<Field>> read(BytesView bytes, int depth, std::uint64_t& count) {
  std::vector<Field> fields;
  for (Reader reader(bytes); !reader.is_at_end();) {
    const auto tag = reader.number();
    if (!tag || (*tag >> 3) == 0 || (*tag >> 3) > largest_number || ++count > most_fields) return {};
    Field field;
    field.number = *tag >> 3;
    field.wire = *tag & 7;
    if (field.wire == varint) {
      const auto value = reader.number();
      if (!value) return {};
      field.value = *value;
    } else if (field.wire == fixed_32 || field.wire == fixed_64 || field.wire == length) {
      const auto size = field.wire == length ? reader.number() : std::optional<std::uint64_t>(field.wire == fixed_32 ? 4 : 8);
      const auto contents = size ? reader.take(*size) : std::nullopt;
      if (!contents) return {};
      auto inside = field.wire == length && depth < deepest && !contents->empty() ? read(*contents, depth + 1, count) : std::nullopt;
      field.is_message = inside.has_value();
      if (inside) field.fields = std::move(*inside);
      else field.contents.assign(contents->begin(), contents->end());
    } else {
      return {};
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

void write_number(Bytes& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) to.push_back(static_cast<std::byte>(value | 0x80));
  to.push_back(static_cast<std::byte>(value));
}

Bytes written(const std::vector<Field>& fields) {
  Bytes to;
  for (const Field& field : fields) {
    write_number(to, field.number << 3 | field.wire);
    if (field.wire == varint) {
      write_number(to, field.value);
      continue;
    }
    const Bytes contents = field.is_message ? written(field.fields) : field.contents;
    if (field.wire == length) write_number(to, contents.size());
    to.insert(to.end(), contents.begin(), contents.end());
  }
  return to;
}

/// Every field with the list it stands in.
struct Place { std::vector<Field>* list; std::size_t at; };
void collect(std::vector<Field>& fields, std::vector<Place>& places) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    places.push_back({&fields, i});
    collect(fields[i].fields, places);
  }
}

constexpr std::array<std::uint64_t, 16> telling = {0, 1, 2, 3, 4, 5, 7, 8, 0x7f, 0x100, 0x10000, 1u << 26, 0x7fffffff, 0xffffffff, 1ull << 62, ~0ull};

class Mutation {
 public:
  Mutation(std::vector<Field>& fields, std::uint64_t seed) : fields_(fields), random_(seed) {}

  void change() {
    places_.clear();
    collect(fields_, places_);
    if (places_.empty()) return;
    const Place place = any();
    Field& field = (*place.list)[place.at];
    std::vector<Field>& list = *place.list;
    switch (random_.below(8)) {
      case 0: case 1: return change_contents(field);
      case 2: list.erase(list.begin() + static_cast<std::ptrdiff_t>(place.at)); return;
      case 3: list.insert(list.begin() + static_cast<std::ptrdiff_t>(place.at), Field(field)); return;
      case 4: std::swap(field, list[static_cast<std::size_t>(random_.below(list.size()))]); return;
      case 5: field.number = random_.below(16) + 1; return;
      case 6: return copy_like(field);
      default: {
        Field other = like(any());
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(random_.below(list.size() + 1)), std::move(other));
      }
    }
  }

 private:
  Place any() { return places_[static_cast<std::size_t>(random_.below(places_.size()))]; }
  static const Field& like(Place place) { return (*place.list)[place.at]; }

  /// What a field of the same number and kind holds elsewhere: another operator, another name, another shape.
  void copy_like(Field& field) {
    for (int tries = 0; tries < 16; ++tries) {
      const Field& other = like(any());
      if (other.number != field.number || other.wire != field.wire || &other == &field) continue;
      Field copy = other;   // `other` may stand inside `field`
      field = std::move(copy);
      return;
    }
  }

  void change_contents(Field& field) {
    if (field.wire == varint) {
      if (random_.below(2) == 0) field.value = telling[static_cast<std::size_t>(random_.below(telling.size()))];
      else field.value += random_.below(9) - 4;
      return;
    }
    Bytes& contents = field.contents;
    if (field.is_message || contents.empty()) return;
    const auto at = static_cast<std::size_t>(random_.below(contents.size()));
    switch (random_.below(field.wire == length ? 4 : 1)) {
      case 0: contents[at] = static_cast<std::byte>(random_.next()); return;
      case 1: contents.resize(at); return;
      case 2: contents.insert(contents.end(), 1 + static_cast<std::size_t>(random_.below(8)), contents[at]); return;
      default: contents[at] = static_cast<std::byte>(telling[static_cast<std::size_t>(random_.below(8))]);
    }
  }

  std::vector<Field>& fields_;
  Random random_;
  std::vector<Place> places_;
};

}  // namespace

std::size_t mutate_protobuf(std::span<std::byte> bytes, std::size_t size, std::uint64_t seed) {
  std::uint64_t count = 0;
  auto fields = read(bytes.first(size), 0, count);
  if (!fields) return size;
  Mutation mutation(*fields, seed);
  for (std::uint64_t changes = 1 + seed % 3; changes > 0; --changes) mutation.change();
  const Bytes result = written(*fields);
  if (result.size() > bytes.size()) return size;
  std::ranges::copy(result, bytes.begin());
  return result.size();
}

}  // namespace edgewise::fuzz
