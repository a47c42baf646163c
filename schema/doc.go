// Package schema is the GraphQL API over a snapshot of the graph: its types,
// its fields, and how each is read.
//
// A field is declared once, with its name, type, description and the function
// that reads it. One that only reads the thing at hand has a function of one
// thing; one that looks something up has a function of many, which is called
// once for all things of a level of the query. graphql-go's schema is built
// from the declarations and stays the authority on types, validation and
// introspection.
//
// schema.graphql beside this file is the generated SDL; a test keeps it so.
package schema
