#include "core/formats/unpack.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <contrib/minizip/unzip.h>
#include <contrib/minizip/zip.h>

#include "core/base/text.h"

namespace edgewise {

namespace {

constexpr std::uint64_t most_name = 256;
constexpr std::size_t step = 1u << 20;   // memory for the contents grows by what really came out, not by what a header promises

/// What minizip calls a file: bytes that are read, or written, at a position.
struct Memory {
  BytesView in;
  Bytes out;
  std::uint64_t at = 0;
  std::uint64_t size() const { return std::max<std::uint64_t>(in.size(), out.size()); }
};

Memory& memory_of(voidpf stream) { return *static_cast<Memory*>(stream); }

voidpf open(voidpf opaque, const void*, int) { return opaque; }
uLong read(voidpf, voidpf stream, void* to, uLong count) {
  Memory& m = memory_of(stream);
  const std::uint64_t n = std::min<std::uint64_t>(count, m.in.size() - std::min<std::uint64_t>(m.at, m.in.size()));
  if (n > 0) std::memcpy(to, m.in.data() + m.at, static_cast<std::size_t>(n));
  m.at += n;
  return static_cast<uLong>(n);
}
uLong write(voidpf, voidpf stream, const void* from, uLong count) {
  Memory& m = memory_of(stream);
  if (m.at + count > m.out.size()) m.out.resize(static_cast<std::size_t>(m.at + count));
  std::memcpy(m.out.data() + m.at, from, count);
  m.at += count;
  return count;
}
ZPOS64_T tell(voidpf, voidpf stream) { return memory_of(stream).at; }
long seek(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  Memory& m = memory_of(stream);
  const std::uint64_t base = origin == ZLIB_FILEFUNC_SEEK_CUR ? m.at : origin == ZLIB_FILEFUNC_SEEK_END ? m.size() : 0;
  if (offset > m.size() || base + offset > m.size()) return -1;
  m.at = base + offset;
  return 0;
}
int no_error(voidpf, voidpf) { return 0; }

zlib_filefunc64_def functions_over(Memory& memory) { return {open, read, write, tell, seek, no_error, no_error, &memory}; }

/// Closes the archive on every way out.
struct Archive {
  unzFile file;
  ~Archive() { unzClose(file); }
};

Result<Bytes> read_member(unzFile archive, const unz_file_info64& info, const std::string& name, std::uint64_t most) {
  if (info.flag & 1) return fail("the member is encrypted", name);
  if (info.uncompressed_size > most)
    return fail(text("unpacks to ", info.uncompressed_size, " bytes, ", most, " are allowed"), name, {}, "Use fewer samples");
  if (unzOpenCurrentFile(archive) != UNZ_OK) return fail("its header disagrees with the archive's directory, or its compression is unknown", name);
  Bytes contents;
  for (;;) {
    const std::size_t had = contents.size();
    contents.resize(had + std::min<std::size_t>(step, static_cast<std::size_t>(info.uncompressed_size) - had + 1));
    const int got = unzReadCurrentFile(archive, contents.data() + had, static_cast<unsigned>(contents.size() - had));
    contents.resize(had + static_cast<std::size_t>(std::max(got, 0)));
    if (got < 0 || contents.size() > info.uncompressed_size) return fail("its compressed data is damaged", name);
    if (got == 0) break;
  }
  if (unzCloseCurrentFile(archive) != UNZ_OK) return fail("its checksum does not match its contents", name);
  if (contents.size() != info.uncompressed_size)
    return fail(text("unpacks to ", contents.size(), " bytes, its header says ", static_cast<std::uint64_t>(info.uncompressed_size)), name);
  return contents;
}

}  // namespace

bool looks_like_gzip(BytesView file) { return file.size() >= 2 && file[0] == std::byte{0x1f} && file[1] == std::byte{0x8b}; }
bool looks_like_zip(BytesView file) { return as_chars(file).starts_with("PK"); }

Result<Bytes> unpack_gzip(BytesView file, std::uint64_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return fail("no memory to unpack gzip");   // 16: a gzip header is wanted
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(file.data()));
  stream.avail_in = static_cast<uInt>(file.size());
  Bytes out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= most) {
    const std::size_t had = out.size();
    out.resize(had + step);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(step);
    state = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  const std::uint64_t used = file.size() - stream.avail_in;
  inflateEnd(&stream);
  if (out.size() > most) return fail(text("the gzip stream unpacks to more than ", most, " bytes"), {}, used, "Use fewer samples");
  if (state != Z_STREAM_END) return fail(state == Z_BUF_ERROR ? "the gzip stream ends too early" : "the gzip stream is damaged", {}, used);
  return out;
}

Result<std::vector<std::pair<std::string, Bytes>>> unpack_zip(BytesView file, std::uint64_t most, std::uint64_t most_members) {
  Memory memory{file, {}, 0};
  zlib_filefunc64_def functions = functions_over(memory);
  const unzFile opened = unzOpen2_64("", &functions);
  if (opened == nullptr) return fail("this is no zip archive: its directory is missing or damaged", {}, file.size());
  const Archive archive{opened};
  std::vector<std::pair<std::string, Bytes>> members;
  for (int state = unzGoToFirstFile(archive.file); state != UNZ_END_OF_LIST_OF_FILE; state = unzGoToNextFile(archive.file)) {
    if (state != UNZ_OK) return fail(text("the directory of the zip archive is damaged at entry ", members.size()), {}, memory.at);
    if (members.size() == most_members) return fail(text("the zip archive has more than ", most_members, " members"));
    unz_file_info64 info{};
    char name[most_name + 1] = {};
    if (unzGetCurrentFileInfo64(archive.file, &info, name, most_name, nullptr, 0, nullptr, 0) != UNZ_OK || info.size_filename > most_name)
      return fail(text("the directory of the zip archive is damaged at entry ", members.size()), {}, memory.at);
    auto contents = read_member(archive.file, info, name, most);
    if (!contents) return std::unexpected(contents.error());
    most -= contents->size();
    members.emplace_back(name, std::move(*contents));
  }
  return members;
}

Bytes pack_zip(const std::vector<std::pair<std::string, Bytes>>& members) {
  Memory memory;
  zlib_filefunc64_def functions = functions_over(memory);
  const zipFile archive = zipOpen2_64("", APPEND_STATUS_CREATE, nullptr, &functions);
  assert(archive != nullptr);
  zip_fileinfo info{};
  info.dosDate = 0x00210000;   // 1980-01-01, the format's first day
  for (const auto& [name, contents] : members) {
    zipOpenNewFileInZip(archive, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, Z_BEST_COMPRESSION);
    zipWriteInFileInZip(archive, contents.data(), static_cast<unsigned>(contents.size()));
    zipCloseFileInZip(archive);
  }
  zipClose(archive, nullptr);
  return std::move(memory.out);
}

}  // namespace edgewise
