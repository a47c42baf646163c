package schema

import "fmt"

// UserError is a fault of the query that its author can mend.
type UserError struct {
	Code    string // stable, for programs
	Message string
}

func (e *UserError) Error() string { return e.Message }

func userErrorf(code, format string, args ...any) error {
	return &UserError{code, fmt.Sprintf(format, args...)}
}
