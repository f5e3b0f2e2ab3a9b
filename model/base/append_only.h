// An array that only grows and never moves what it holds.
//
// One thread at a time may append. Others may meanwhile read every element whose number has been given to them in a way that
// synchronises (an acquire load that sees a release store, a mutex): they need no lock.
#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace lockweave {

template <typename T>
class AppendOnly {
 public:
  AppendOnly() = default;
  AppendOnly(const AppendOnly&) = delete;
  AppendOnly& operator=(const AppendOnly&) = delete;
  ~AppendOnly() { clear(); }

  T& operator[](std::uint32_t i) { return *place(i); }
  const T& operator[](std::uint32_t i) const { return *place(i); }
  std::uint32_t size() const { return size_.load(std::memory_order_acquire); }
  // Of what is in use: the operating system gives no memory for the rest of a large piece.
  std::size_t bytes() const { return std::size_t{size()} * sizeof(T); }

  template <typename... Arguments>
  std::uint32_t emplace_back(Arguments&&... arguments) {
    const std::uint32_t i = size_.load(std::memory_order_relaxed);
    const unsigned piece = piece_of(i);
    if (pieces_[piece] == 0) {
      auto* memory = static_cast<T*>(::operator new(length_of(piece) * sizeof(T), std::align_val_t{alignof(T)}));
      pieces_[piece] = reinterpret_cast<std::uintptr_t>(memory) - first_of(piece) * sizeof(T);
    }
    new (place(i)) T{std::forward<Arguments>(arguments)...};
    size_.store(i + 1, std::memory_order_release);
    return i;
  }

  // Requires: nobody reads.
  void clear() {
    for (std::uint32_t i = size(); i > 0; --i) place(i - 1)->~T();
    for (unsigned piece = 0; piece < piece_count; ++piece) {
      if (pieces_[piece] != 0) ::operator delete(reinterpret_cast<void*>(pieces_[piece] + first_of(piece) * sizeof(T)), std::align_val_t{alignof(T)});
      pieces_[piece] = 0;
    }
    size_.store(0, std::memory_order_relaxed);
  }

 private:
  // Piece 0 has the elements below 2^first_bits, each further one as many as all before it. Kept is where element 0 would lie if
  // the piece went back so far, so that finding an element takes no subtraction.
  static constexpr unsigned first_bits = 8;
  static constexpr unsigned piece_count = 33 - first_bits;
  static unsigned piece_of(std::uint32_t i) { return static_cast<unsigned>(std::bit_width(i | ((1u << first_bits) - 1))) - first_bits; }
  static std::size_t first_of(unsigned piece) { return piece == 0 ? 0 : std::size_t{1} << (piece + first_bits - 1); }
  static std::size_t length_of(unsigned piece) { return piece == 0 ? std::size_t{1} << first_bits : first_of(piece); }
  T* place(std::uint32_t i) const { return reinterpret_cast<T*>(pieces_[piece_of(i)] + std::size_t{i} * sizeof(T)); }

  std::uintptr_t pieces_[piece_count] = {};
  std::atomic<std::uint32_t> size_{0};
};

}  // namespace lockweave
