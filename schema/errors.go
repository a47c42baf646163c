package schema

import "fmt"

// UserError is a fault of the query that its author can mend.
type UserError struct {
	Code    string // stable, for programs
	Message string
}

func (e *UserError) Error() string { return e.Message }

// Extensions implements graphql-go's gqlerrors.ExtendedError.
func (e *UserError) Extensions() map[string]any { return map[string]any{"code": e.Code} }

func userErrorf(code, format string, args ...any) error {
	return &UserError{code, fmt.Sprintf(format, args...)}
}

// Extensions gives a code to faults of ours.
func (e *internalError) Extensions() map[string]any { return map[string]any{"code": "INTERNAL"} }
