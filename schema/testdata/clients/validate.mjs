// What graphql-js makes of schemas and documents, for differential_test.go.
//
//   node validate.mjs < requests
//
// It reads one JSON object a line and answers each with one line:
//
//   {"sdl":"…"}         builds the schema, against which the documents are
//                       validated, and gives it sorted: {"schema":"…"}
//   {"introspect":url}  gives the schema that a server describes: {"schema":"…"}
//   {"document":"…"}    {"errors":["…"]}

import {
  GraphQLSchema, buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, parse, printSchema, specifiedDirectives, validate,
  validateSchema,
} from 'graphql'
import { createInterface } from 'node:readline'

let schema

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line)
  try {
    console.log(JSON.stringify(await answer(request)))
  } catch (error) {
    console.log(JSON.stringify({ errors: [error.message] }))
  }
}

async function answer({ sdl, introspect, document }) {
  if (sdl !== undefined) {
    schema = buildSchema(sdl)
    return { schema: sorted(schema), errors: validateSchema(schema).map(error => error.message) }
  }
  if (introspect !== undefined) return { schema: sorted(buildClientSchema(await download(introspect))) }
  return { errors: validate(schema, parse(document)).map(error => error.message) }
}

async function download(url) {
  const query = getIntrospectionQuery({
    specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true,
  })
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}

// sorted leaves out directives of our own: those of the SDL tell tools what
// fields cost, and introspection cannot show them on fields.
function sorted(schema) {
  const plain = new GraphQLSchema({ ...schema.toConfig(), directives: specifiedDirectives })
  return printSchema(lexicographicSortSchema(plain))
}
