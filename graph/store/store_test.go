package store_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"dialograph/graph/store"
	"dialograph/graph/store/storetest"

	"github.com/jackc/pgx/v5"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, storetest.Backend{Fresh: func(*testing.T) string { return store.Memory }})
}

func TestDirectory(t *testing.T) {
	storetest.Run(t, storetest.Backend{Fresh: func(t *testing.T) string { return t.TempDir() }, Durable: true})
}

// TestPostgres needs a server: DIALOGRAPH_TEST_POSTGRES is the address of a
// database in which it may create others.
func TestPostgres(t *testing.T) {
	address := os.Getenv("DIALOGRAPH_TEST_POSTGRES")
	if address == "" {
		t.Skip("DIALOGRAPH_TEST_POSTGRES is not set")
	}
	storetest.Run(t, storetest.Backend{Fresh: func(t *testing.T) string { return freshDatabase(t, address) }, Durable: true})
}

func freshDatabase(t testing.TB, address string) string {
	t.Helper()
	name := "dialograph_" + strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, t.Name()))
	name = name[:min(len(name), 60)]
	conn, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, statement := range []string{"DROP DATABASE IF EXISTS %s WITH (FORCE)", "CREATE DATABASE %s"} {
		if _, err := conn.Exec(context.Background(), fmt.Sprintf(statement, name)); err != nil {
			t.Fatal(err)
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
