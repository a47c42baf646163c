package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	graphlog "github.com/cayleygraph/cayley/graph/log"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the database/sql driver "pgx"
)

// flavour is our own dialect for Cayley's SQL backend. The stock one sends a
// statement a quad, and its relatives drop quads that differ in their graph.
const flavour = "dialograph-postgres"

// lockKey is the advisory lock of the one writer of a database.
const lockKey int64 = 0x6469616c6f67 // "dialog"

var registerOnce sync.Once

func registerFlavour() {
	csql.Register(flavour, csql.Registration{
		Driver: "pgx", HashType: "BYTEA", BytesType: "BYTEA", HorizonType: "BIGSERIAL", TimeType: "timestamp with time zone",
		QueryDialect: csql.QueryDialect{
			RegexpOp:    "~",
			FieldQuote:  func(n string) string { return pgx.Identifier{n}.Sanitize() },
			Placeholder: func(n int) string { return fmt.Sprintf("$%d", n) },
		},
		ConditionalIndexes: true, FillFactor: true, NoForeignKeys: true,
		Error: func(err error) error { return err },
		Estimated: func(table string) string {
			return "SELECT reltuples::BIGINT AS estimate FROM pg_class WHERE relname='" + table + "';"
		},
		RunTx: insertAll,
	})
}

// openPostgres opens a store in a PostgreSQL database: Cayley's tables nodes
// and quads, and our journal beside them.
func openPostgres(address string) (*backend, error) {
	registerOnce.Do(registerFlavour)
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL: %w", withoutPassword(err, address))
	}
	if err := lockDatabase(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close(ctx))
	}
	j := &postgresJournal{conn: conn}
	if err := j.create(ctx); err != nil {
		return nil, errors.Join(err, conn.Close(ctx))
	}
	return &backend{
		journal: j,
		most:    mostBatch,
		open:    func() (cayley.QuadStore, error) { return openPostgresQuads(ctx, conn, address) },
		wipe: func() error {
			_, err := conn.Exec(ctx, "DROP TABLE IF EXISTS quads, nodes")
			return err
		},
		unlock: func() error { return conn.Close(ctx) },
	}, nil
}

// withoutPassword keeps an address's password out of an error's text.
func withoutPassword(err error, address string) error {
	config, parseErr := pgx.ParseConfig(address)
	if parseErr != nil {
		return errors.New("the address is not postgres://user@host:port/database")
	}
	if config.Password == "" {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), config.Password, "***"))
}

func lockDatabase(ctx context.Context, conn *pgx.Conn) error {
	deadline := time.Now().Add(lockWait)
	for {
		var ok bool
		if err := conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1)", lockKey).Scan(&ok); err != nil {
			return err
		}
		if ok {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("database %s: %w", conn.Config().Database, ErrLocked)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func openPostgresQuads(ctx context.Context, conn *pgx.Conn, address string) (cayley.QuadStore, error) {
	var there bool
	if err := conn.QueryRow(ctx, "SELECT to_regclass('quads') IS NOT NULL").Scan(&there); err != nil {
		return nil, err
	}
	if !there {
		if err := csql.Init(flavour, address, nil); err != nil {
			return nil, fmt.Errorf("create Cayley's tables: %w", withoutPassword(err, address))
		}
	}
	for _, index := range []string{
		"CREATE INDEX IF NOT EXISTS quads_label ON quads (label_hash)",
		"CREATE INDEX IF NOT EXISTS nodes_dead ON nodes (hash) WHERE refs <= 0",
	} {
		if _, err := conn.Exec(ctx, index); err != nil {
			return nil, err
		}
	}
	qs, err := csql.New(flavour, address, nil)
	if err != nil {
		return nil, withoutPassword(err, address)
	}
	return qs, nil
}

// insertAll writes a batch with one statement for its nodes and one for its
// quads.
func insertAll(tx *sql.Tx, nodes []graphlog.NodeUpdate, quads []graphlog.QuadUpdate, _ cayley.IgnoreOpts) error {
	rows, err := nodeColumns(nodes)
	if err != nil {
		return err
	}
	if len(nodes) > 0 {
		_, err := tx.Exec(`INSERT INTO nodes (hash, refs, value_string, datatype, language, iri)
SELECT * FROM unnest($1::bytea[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bool[])
ON CONFLICT (hash) DO UPDATE SET refs = nodes.refs + EXCLUDED.refs`,
			rows.hash, rows.refs, rows.text, rows.datatype, rows.language, rows.iri)
		if err != nil {
			return err
		}
	}
	if len(quads) == 0 {
		return nil
	}
	var d [4][][]byte
	for _, q := range quads {
		for i, h := range q.Quad.Dirs() {
			d[i] = append(d[i], append([]byte(nil), h[:]...))
		}
	}
	_, err = tx.Exec(`INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash, ts)
SELECT s, p, o, l, now() FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) AS t(s, p, o, l)
ON CONFLICT DO NOTHING`, d[0], d[1], d[2], d[3])
	return err
}

type nodeRows struct {
	hash                     [][]byte
	refs                     []int32
	text, datatype, language []*string
	iri                      []*bool
}

func nodeColumns(nodes []graphlog.NodeUpdate) (nodeRows, error) {
	n := len(nodes)
	rows := nodeRows{make([][]byte, n), make([]int32, n), make([]*string, n), make([]*string, n), make([]*string, n), make([]*bool, n)}
	for i, node := range nodes {
		kind, values, err := csql.NodeValues(csql.NodeHash{ValueHash: node.Hash}, node.Val)
		if err != nil {
			return rows, err
		}
		rows.hash[i] = values[0].([]byte)
		rows.refs[i] = int32(node.RefInc)
		for k, column := range kind.Columns() {
			switch v := values[k+1].(type) {
			case bool:
				rows.iri[i] = &v
			case string:
				switch column {
				case "datatype":
					rows.datatype[i] = &v
				case "language":
					rows.language[i] = &v
				default:
					rows.text[i] = &v
				}
			default:
				return rows, fmt.Errorf("column %s: unexpected %T", column, v)
			}
		}
	}
	return rows, nil
}

// postgresJournal is a table beside the quads. The position of an entry is one
// less than its sequence number.
type postgresJournal struct{ conn *pgx.Conn }

func (j *postgresJournal) create(ctx context.Context) error {
	for _, statement := range []string{
		`CREATE TABLE IF NOT EXISTS dialograph_journal (seq BIGINT PRIMARY KEY, frame BYTEA NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS dialograph_applied (one BOOL PRIMARY KEY DEFAULT true CHECK (one), next BIGINT NOT NULL)`,
		`INSERT INTO dialograph_applied (next) VALUES (0) ON CONFLICT DO NOTHING`,
	} {
		if _, err := j.conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("create the journal: %w", err)
		}
	}
	return nil
}

func (j *postgresJournal) append(frames [][]byte) ([]int64, int64, error) {
	ctx := context.Background()
	var first int64
	if err := j.conn.QueryRow(ctx, "SELECT coalesce(max(seq), 0) FROM dialograph_journal").Scan(&first); err != nil {
		return nil, 0, err
	}
	var at []int64
	var rows [][]any
	for i, f := range frames {
		at = append(at, first+int64(i))
		rows = append(rows, []any{first + int64(i) + 1, frame(f)})
	}
	_, err := j.conn.CopyFrom(ctx, pgx.Identifier{"dialograph_journal"}, []string{"seq", "frame"}, pgx.CopyFromRows(rows))
	if err != nil {
		return nil, 0, fmt.Errorf("append to the journal: %w", err)
	}
	return at, first + int64(len(frames)), nil
}

func (j *postgresJournal) scan(from int64, visit func(int64, int64, []byte) error) error {
	for {
		batch, err := j.page(from)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, payload := range batch {
			if err := visit(from, from+1, payload); err != nil {
				return err
			}
			from++
		}
	}
}

// page reads some entries, so that a visit may use the connection in between.
func (j *postgresJournal) page(from int64) ([][]byte, error) {
	rows, err := j.conn.Query(context.Background(), "SELECT seq, frame FROM dialograph_journal WHERE seq > $1 ORDER BY seq LIMIT 500", from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var batch [][]byte
	for rows.Next() {
		var seq int64
		var raw []byte
		if err := rows.Scan(&seq, &raw); err != nil {
			return nil, err
		}
		want := from + int64(len(batch)) + 1
		if seq != want {
			return nil, fmt.Errorf("journal entry %d is missing", want)
		}
		payload, err := unframe(raw)
		if err != nil {
			return nil, fmt.Errorf("journal entry %d is damaged: %w", want, err)
		}
		batch = append(batch, payload)
	}
	return batch, rows.Err()
}

func unframe(raw []byte) ([]byte, error) {
	return readFrame(strings.NewReader(string(raw)), 0, int64(len(raw)))
}

func (j *postgresJournal) read(at int64) ([]byte, error) {
	var raw []byte
	if err := j.conn.QueryRow(context.Background(), "SELECT frame FROM dialograph_journal WHERE seq = $1", at+1).Scan(&raw); err != nil {
		return nil, err
	}
	return unframe(raw)
}

func (j *postgresJournal) applied() (int64, error) {
	var next int64
	err := j.conn.QueryRow(context.Background(), "SELECT next FROM dialograph_applied").Scan(&next)
	return next, err
}

func (j *postgresJournal) setApplied(next int64, _ string) error {
	_, err := j.conn.Exec(context.Background(), "UPDATE dialograph_applied SET next = $1", next)
	return err
}

func (j *postgresJournal) close() error { return nil }
