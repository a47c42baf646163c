// Package bench measures the GraphQL endpoint beside ceilings and alternatives,
// in one run: a constant answer, handlers written by hand for one question each,
// and graphql-go's own executor over the same fields. Answers are compared, not
// only timed.
package bench
