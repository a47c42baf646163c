package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// client sends prepared requests over so many connections, each the next as soon
// as the last is answered. It does little else, so that the server is measured.
type client struct {
	address     string
	connections int
}

// requests are HTTP requests ready to be sent.
func requests(address string, bodies [][]byte) [][]byte {
	out := make([][]byte, len(bodies))
	for i, body := range bodies {
		out[i] = fmt.Appendf(nil, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n%s", address, len(body), body)
	}
	return out
}

// run sends requests for a time, and gives how long each took.
func (c client) run(list [][]byte, long time.Duration) ([]time.Duration, error) {
	var mu sync.Mutex
	var all []time.Duration
	var fault error
	var wg sync.WaitGroup
	end := time.Now().Add(long)
	for k := range c.connections {
		wg.Go(func() {
			took, err := c.connection(list, k*len(list)/c.connections, end)
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
			if err != nil {
				fault = err
			}
		})
	}
	wg.Wait()
	return all, fault
}

func (c client) connection(list [][]byte, first int, end time.Time) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", c.address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	var took []time.Duration
	for i := first; ; i++ {
		start := time.Now()
		if len(took) > 0 && start.After(end) { // one at least, however slow the machine
			return took, nil
		}
		if _, err := conn.Write(list[i%len(list)]); err != nil {
			return took, err
		}
		if err := answer(r, io.Discard); err != nil {
			return took, err
		}
		took = append(took, time.Since(start))
	}
}

// answer reads one answer, of a length that is told or in chunks.
func answer(r *bufio.Reader, to io.Writer) error {
	line, err := r.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("the server answers %q", bytes.TrimSpace(line))
	}
	length := -1
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
	if length >= 0 {
		_, err = io.CopyN(to, r, int64(length))
		return err
	}
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return err
		}
		n, err := strconv.ParseInt(strings.TrimSpace(string(line)), 16, 64)
		if err != nil {
			return fmt.Errorf("the server sends a chunk of %q bytes", line)
		}
		if _, err := io.CopyN(to, r, n); err != nil {
			return err
		}
		if _, err := r.Discard(2); err != nil {
			return err
		}
		if n == 0 {
			return nil
		}
	}
}
