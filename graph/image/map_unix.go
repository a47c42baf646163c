//go:build unix

package image

import (
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// mapFile maps a file, privately, at an address or wherever there is room.
func mapFile(f *os.File, size int, address uint64) (memory, error) {
	at, err := unix.MmapPtr(int(f.Fd()), 0, unsafe.Add(unsafe.Pointer(nil), uintptr(address)), uintptr(size), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE)
	if err != nil {
		return memory{}, err
	}
	data := unsafe.Slice((*byte)(at), size)
	return memory{
		data:    data,
		protect: func() error { return unix.Mprotect(data, unix.PROT_READ) },
		release: func() { _ = unix.MunmapPtr(at, uintptr(size)) }, // nobody has seen it
	}, nil
}
