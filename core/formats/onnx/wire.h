// One protobuf message inside a file, field by field: nanopb decodes tags, lengths and numbers, this adds where in the file they stand.
//
// Lengths are compared with what is left before anything is taken, in 64 bits. Fields are read by number (core/formats/onnx/schema.h), so no generated code.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/text.h"

#include <pb_decode.h>

namespace edgewise::onnx {

class Message {
 public:
  /// `body` is part of `file`, which outlives this.
  Message(BytesView file, BytesView body)
      : file_(file), body_(body), stream_(pb_istream_from_buffer(reinterpret_cast<const pb_byte_t*>(body.data()), body.size())) {}

  /// Goes to the next field: false at the end. The value must then be taken by one of the calls below, or skipped.
  Result<bool> next() {
    at_ = offset();
    bool is_end = false;
    if (pb_decode_tag(&stream_, &wire_, &number_, &is_end)) return true;
    if (is_end) return false;
    return broken("a field begins with bytes that are no tag");
  }
  std::uint32_t field() const { return number_; }
  /// The byte of the file where the field begins.
  std::uint64_t at() const { return at_; }

  /// A varint as the 64 bits it is (int64, int32, enum, bool).
  Result<std::int64_t> integer() {
    std::uint64_t bits = 0;
    if (wire_ != PB_WT_VARINT || !pb_decode_varint(&stream_, &bits)) return broken("a whole number is wanted here");
    return static_cast<std::int64_t>(bits);
  }
  Result<float> real() {
    float value = 0.0f;
    if (wire_ != PB_WT_32BIT || !pb_decode_fixed32(&stream_, &value)) return broken("a 32-bit number is wanted here");
    return value;
  }
  /// The contents of a field with a length: a string, bytes, a message or packed numbers. Not copied.
  Result<BytesView> bytes() {
    std::uint64_t count = 0;
    if (wire_ != PB_WT_STRING || !pb_decode_varint(&stream_, &count)) return broken("a field with a length is wanted here");
    if (count > stream_.bytes_left) return broken(text("the field has ", count, " bytes, its message has ", stream_.bytes_left, " left"));
    const BytesView view = body_.subspan(body_.size() - stream_.bytes_left, static_cast<std::size_t>(count));
    if (!pb_read(&stream_, nullptr, static_cast<std::size_t>(count))) return broken("the field cannot be read");
    return view;
  }
  Result<void> skip() {
    if (pb_skip_field(&stream_, wire_)) return {};
    return broken("the field cannot be skipped");
  }
  Result<Message> message() {
    const auto view = bytes();
    if (!view) return std::unexpected(view.error());
    return Message(file_, *view);
  }
  Result<std::string> string(std::uint64_t longest) {
    const auto view = bytes();
    if (!view) return std::unexpected(view.error());
    if (view->size() > longest) return broken(text("a name has ", view->size(), " bytes, the limit is ", longest));
    return std::string(as_chars(*view));
  }
  /// Varints, one by one or packed: visit(number) -> Result<void>.
  template <class Visit>
  Result<void> integers(Visit visit) {
    if (wire_ != PB_WT_STRING) {
      const auto value = integer();
      return value ? visit(*value) : Result<void>(std::unexpected(value.error()));
    }
    const auto view = bytes();
    if (!view) return std::unexpected(view.error());
    Message packed(file_, *view);
    packed.wire_ = PB_WT_VARINT;
    while (packed.stream_.bytes_left > 0) {
      const auto value = packed.integer();
      if (!value) return std::unexpected(value.error());
      if (auto ok = visit(*value); !ok) return ok;
    }
    return {};
  }
  /// Fixed-width numbers, one by one or packed: visit(bytes of one or several).
  template <class Visit>
  Result<void> fixed(pb_wire_type_t wire, std::size_t width, Visit visit) {
    if (wire_ == wire) {
      std::byte one[8];
      if (!pb_read(&stream_, reinterpret_cast<pb_byte_t*>(one), width)) return broken("a number is cut short");
      return visit(BytesView(one, width));
    }
    const auto view = bytes();
    if (!view) return std::unexpected(view.error());
    if (view->size() % width != 0) return broken(text(view->size(), " bytes are no whole number of values of ", width, " bytes"));
    return visit(*view);
  }

  /// An error at the field read last.
  std::unexpected<Error> broken(std::string reason) const {
    return fail(std::move(reason), {}, at_, "The file is damaged or no ONNX model: export or download it again");
  }

 private:
  std::uint64_t offset() const { return static_cast<std::uint64_t>(body_.data() - file_.data()) + body_.size() - stream_.bytes_left; }

  BytesView file_, body_;
  pb_istream_t stream_;
  pb_wire_type_t wire_ = PB_WT_VARINT;
  std::uint32_t number_ = 0;
  std::uint64_t at_ = 0;
};

}  // namespace edgewise::onnx
