package graph

import (
	"fmt"
	"strings"
)

// Severity tells whether a problem stops a record from being loaded.
type Severity string

const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Problem is one fault in data: where, how bad, and what a person can do.
type Problem struct {
	Path     string // as in delegations[0].participants[1].role; "" for the whole
	Severity Severity
	Message  string
}

// String gives "path: severity: message".
func (p Problem) String() string {
	if p.Path == "" {
		return fmt.Sprintf("%s: %s", p.Severity, p.Message)
	}
	return fmt.Sprintf("%s: %s: %s", p.Path, p.Severity, p.Message)
}

// problems collects faults while a value is walked.
type problems struct {
	list    []Problem
	sources map[string]*Source
	spans   map[string]map[Span]bool
	cited   map[string]bool
}

func (ps *problems) errorf(path, format string, args ...any) {
	ps.list = append(ps.list, Problem{path, Error, fmt.Sprintf(format, args...)})
}

func (ps *problems) warnf(path, format string, args ...any) {
	ps.list = append(ps.list, Problem{path, Warning, fmt.Sprintf(format, args...)})
}

func (ps *problems) oneOf(path, value string, allowed []string) {
	for _, a := range allowed {
		if a == value {
			return
		}
	}
	if value == "" {
		ps.errorf(path, "is missing; want one of %s", strings.Join(allowed, ", "))
		return
	}
	ps.errorf(path, "%q is not one of %s", value, strings.Join(allowed, ", "))
}

func (ps *problems) optional(path, value string, allowed []string) {
	if value != "" {
		ps.oneOf(path, value, allowed)
	}
}

func (ps *problems) required(path, value string) {
	if strings.TrimSpace(value) == "" {
		ps.errorf(path, "is missing")
	}
}

func (ps *problems) slug(path, value string) {
	if err := CheckSlug(value); err != nil {
		ps.errorf(path, "id %v", err)
	}
}
