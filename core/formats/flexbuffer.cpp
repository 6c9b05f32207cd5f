#include "core/formats/flexbuffer.h"

#include "core/base/text.h"

namespace edgewise::flexbuffer {

namespace {

constexpr std::uint64_t most_entries = 256, longest_name = 256;
enum Type : std::uint8_t { type_int = 1, type_uint = 2, type_float = 3, type_indirect_int = 6, type_indirect_uint = 7, type_indirect_float = 8, type_map = 9, type_bool = 26 };

class Reader {
 public:
  explicit Reader(BytesView bytes) : bytes_(bytes) {}

  Result<Numbers> root() {
    if (bytes_.size() < 3) return broken(0, "it is shorter than the smallest map");
    const std::uint64_t width = at(bytes_.size() - 1);
    const auto packed = at(bytes_.size() - 2);
    if (!is_width(width) || width > bytes_.size() - 2) return broken(bytes_.size() - 1, text("a width of ", width, " bytes"));
    if (packed >> 2 != type_map) return broken(bytes_.size() - 2, "it is no map of options");
    const auto values = follow(bytes_.size() - 2 - width, width);
    if (!values) return std::unexpected(values.error());
    return map_at(*values, std::uint64_t{1} << (packed & 3));
  }

 private:
  static bool is_width(std::uint64_t width) { return width == 1 || width == 2 || width == 4 || width == 8; }
  std::uint8_t at(std::uint64_t offset) const { return std::to_integer<std::uint8_t>(bytes_[static_cast<std::size_t>(offset)]); }
  bool holds(std::uint64_t offset, std::uint64_t count) const { return offset <= bytes_.size() && count <= bytes_.size() - offset; }
  static std::unexpected<Error> broken(std::uint64_t offset, std::string reason) { return fail(text("the custom options are broken: ", reason), {}, offset); }

  Result<std::uint64_t> whole(std::uint64_t offset, std::uint64_t width) const {
    if (!holds(offset, width)) return broken(offset, text("a number of ", width, " bytes ends after byte ", bytes_.size()));
    std::uint64_t number = 0;
    for (std::uint64_t i = 0; i < width; ++i) number |= std::uint64_t{at(offset + i)} << (8 * i);
    return number;
  }
  /// Offsets lead backwards.
  Result<std::uint64_t> follow(std::uint64_t offset, std::uint64_t width) const {
    const auto distance = whole(offset, width);
    if (!distance) return std::unexpected(distance.error());
    if (*distance > offset) return broken(offset, text("an offset leads ", *distance, " bytes back"));
    return offset - *distance;
  }

  /// Before the values: the offset of the names, the width of their offsets, the count. After them: one type each.
  Result<Numbers> map_at(std::uint64_t values, std::uint64_t width) const {
    if (values < 3 * width) return broken(values, "a map begins before the bytes do");
    const auto names = follow(values - 3 * width, width);
    const auto name_width = whole(values - 2 * width, width);
    const auto count = whole(values - width, width);
    if (!names) return std::unexpected(names.error());
    if (!name_width || !count) return broken(values, "a map begins before the bytes do");
    if (!is_width(*name_width)) return broken(values - 2 * width, text("a width of ", *name_width, " bytes"));
    if (*count > most_entries) return broken(values - width, text(*count, " options, the limit is ", most_entries));
    Numbers numbers;
    for (std::uint64_t i = 0; i < *count; ++i) {
      const auto name_at = follow(*names + i * *name_width, *name_width);
      if (!name_at) return std::unexpected(name_at.error());
      const auto name = name_from(*name_at);
      if (!name) return std::unexpected(name.error());
      const std::uint64_t type_at = values + *count * width + i;
      if (!holds(type_at, 1)) return broken(type_at, "the types of the options end after the bytes do");
      if (auto ok = take(numbers, *name, values + i * width, width, at(type_at)); !ok) return std::unexpected(ok.error());
    }
    return numbers;
  }

  Result<std::string> name_from(std::uint64_t offset) const {
    std::string name;
    for (; holds(offset, 1) && name.size() <= longest_name; ++offset) {
      if (at(offset) == 0) return name;
      name += static_cast<char>(at(offset));
    }
    return broken(offset, "the name of an option does not end");
  }

  /// What is no number is left out.
  Result<void> take(Numbers& into, const std::string& name, std::uint64_t offset, std::uint64_t width, std::uint8_t packed) const {
    auto type = static_cast<std::uint8_t>(packed >> 2);
    if (type >= type_indirect_int && type <= type_indirect_float) {
      const auto target = follow(offset, width);
      if (!target) return std::unexpected(target.error());
      offset = *target;
      width = std::uint64_t{1} << (packed & 3);
      type = static_cast<std::uint8_t>(type - type_indirect_int + type_int);
    }
    if (type != type_int && type != type_uint && type != type_float && type != type_bool) return {};
    const auto bits = whole(offset, width);
    if (!bits) return std::unexpected(bits.error());
    if (type == type_float) {
      if (width == 8) into[name] = std::bit_cast<double>(*bits);
      if (width == 4) into[name] = static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(*bits)));
    } else if (type == type_int) {
      const auto unused = 64 - 8 * width;
      into[name] = static_cast<double>(static_cast<std::int64_t>(*bits << unused) >> unused);
    } else {
      into[name] = static_cast<double>(*bits);
    }
    return {};
  }

  BytesView bytes_;
};

}  // namespace

Result<Numbers> read_numbers(BytesView bytes) {
  if (bytes.empty()) return Numbers{};
  return Reader(bytes).root();
}

}  // namespace edgewise::flexbuffer
