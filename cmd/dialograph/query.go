package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"

	"dialograph/graph/index"
	"dialograph/schema"
	"dialograph/schema/graphqlhttp"

	"github.com/rs/zerolog"
	"github.com/spf13/cobra"
)

// queryOptions say what to run.
type queryOptions struct {
	text, file, named, variables, operation string
	dry                                     bool
}

func (a *app) queryCommand() *cobra.Command {
	var o queryOptions
	cmd := &cobra.Command{
		Use:   "query [QUERY]",
		Short: "Run a GraphQL query and print its answer",
		Long: `Query runs a GraphQL query over the graph and prints the answer as JSON. The
query is the argument, a file (--file) or standard input. An answer with errors
ends with exit status 1.`,
		Example: `  dialograph query '{ stats { events actors people } }'
  dialograph query --file who.graphql --variables '{"name": "KISA"}'
  dialograph query --named who-attended
  dialograph query --dry-run '{ events(first: 1000) { nodes { name } } }'
  echo '{ search(text: "kisa") { nodes { id name } } }' | dialograph query`,
		Args: wants(0, 1, "at most one query"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.named != "" && (len(args) > 0 || o.file != "") {
				return usageError{fmt.Errorf("give the query by --named or as text, not both")}
			}
			if o.named == "" {
				text, err := a.queryText(args, o.file)
				if err != nil {
					return err
				}
				o.text = text
			}
			return a.query(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.file, "file", "", "file that holds the query")
	cmd.Flags().StringVar(&o.named, "named", "", "built-in query to run, such as who-attended (docs/queries.md has them)")
	cmd.Flags().StringVar(&o.variables, "variables", "", "variables as a JSON object")
	cmd.Flags().StringVar(&o.operation, "operation", "", "which operation of the document to run")
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "only tell what the query would cost")
	return cmd
}

func (a *app) queryText(args []string, file string) (string, error) {
	switch {
	case len(args) == 1 && file != "":
		return "", usageError{fmt.Errorf("give the query as an argument or with --file, not both")}
	case len(args) == 1:
		return args[0], nil
	case file != "":
		data, err := os.ReadFile(file)
		return string(data), err
	}
	data, err := io.ReadAll(a.in)
	return string(data), err
}

// query runs a document through the same handler as the server's, so that both
// give the same answers, limits and errors.
func (a *app) query(ctx context.Context, o queryOptions) error {
	request := graphqlhttp.Request{Query: o.text, DocumentID: o.named, OperationName: o.operation}
	if o.dry {
		request.Extensions = map[string]any{"dryRun": true}
	}
	if o.variables != "" {
		if err := json.Unmarshal([]byte(o.variables), &request.Variables); err != nil {
			return usageError{fmt.Errorf("--variables: want a JSON object: %w", err)}
		}
	}
	snap, err := a.snapshot(ctx)
	if err != nil {
		return err
	}
	handler, err := newGraphQL(zerolog.Nop())
	if err != nil {
		return err
	}
	handler.Holder.Swap(snap)
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	var answer struct{ Errors []any }
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, bytes.TrimSpace(w.Body.Bytes()), "", "  "); err != nil {
		return err
	}
	fmt.Fprintln(a.out, pretty.String())
	if json.Unmarshal(w.Body.Bytes(), &answer) != nil || len(answer.Errors) > 0 {
		return errRejected
	}
	return nil
}

func newGraphQL(log zerolog.Logger) (*graphqlhttp.Handler, error) {
	s, err := schema.New()
	if err != nil {
		return nil, err
	}
	texts, err := builtInQueries()
	if err != nil {
		return nil, err
	}
	documents, err := graphqlhttp.NewDocuments(texts)
	if err != nil {
		return nil, err
	}
	return &graphqlhttp.Handler{Schema: s, Holder: &index.Holder{}, Limits: graphqlhttp.DefaultLimits(), Documents: documents, Log: log}, nil
}
