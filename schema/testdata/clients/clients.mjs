// Clients that nobody here wrote ask a running server, for clients_test.go.
//
//   node clients.mjs WHICH URL
//
// WHICH is request (graphql-request), apollo, or persisted (Apollo Client with
// hashes instead of documents). It prints one JSON object: what each call gave,
// and where it matters what went over the wire.

import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { GraphQLClient, ClientError } from 'graphql-request'
import { createHash } from 'node:crypto'

const [which, url] = process.argv.slice(2)
const EVENT = /* GraphQL */ `
  query Session($id: ID!, $first: Int = 2) {
    event(id: $id) { name kind participations(first: $first, where: { role: [CHAIR, HEAD_OF_DELEGATION] }) { totalCount nodes { id role } } }
  }`
const SIXTH = { id: 'event/eu-rok-cyber-dialogue-06' }

async function request() {
  const posts = new GraphQLClient(url)
  const gets = new GraphQLClient(url, { method: 'GET', jsonSerializer: JSON })
  const older = new GraphQLClient(url, { headers: { Accept: 'application/json' } })
  return {
    variables: await given(() => posts.request(EVENT, SIXTH)),
    get: await given(() => gets.request(EVENT, { ...SIXTH, first: 1 })),
    older: await given(() => older.request(EVENT, SIXTH)),
    unknownField: await given(() => posts.request('{ stats { evnts } }')),
    olderUnknownField: await given(() => older.request('{ stats { evnts } }')),
    syntax: await given(() => posts.request('{ stats { events }')),
    missingVariable: await given(() => posts.request(EVENT)),
    wrongCursor: await given(() => posts.request('{ events(first: -1) { totalCount } }')),
    twoOperations: await given(() => gets.request('query A { stats { events } } query B { stats { series } }')),
  }
}

// given turns what a call of graphql-request gives or throws into JSON.
async function given(call) {
  try {
    return { data: await call() }
  } catch (error) {
    if (!(error instanceof ClientError)) return { thrown: String(error) }
    const { status, errors, data } = error.response
    return { status, data, errors }
  }
}

async function apollo() {
  const wire = []
  const client = newClient(new HttpLink({ uri: url, fetch: recorded(wire) }))
  const first = await client.query({ query: gql(EVENT), variables: SIXTH })
  const cached = await client.query({ query: gql(EVENT), variables: SIXTH })
  const failed = await client.query({ query: gql`{ stats { evnts } }`, errorPolicy: 'all' })
  return {
    first: first.data,
    cached: cached.data,
    errors: failed.error?.errors ?? [{ message: String(failed.error) }],
    wire,
  }
}

async function persisted() {
  const out = {}
  for (const [name, useGETForHashedQueries, query] of [
    ['post', false, EVENT],
    ['get', true, EVENT.replace('Session', 'SessionByGet')],
  ]) {
    const ask = async wire => {
      const client = newClient(
        ApolloLink.from([
          new PersistedQueryLink({ sha256, useGETForHashedQueries }),
          new HttpLink({ uri: url, fetch: recorded(wire) }),
        ]),
      )
      const result = await client.query({ query: gql(query), variables: SIXTH, errorPolicy: 'all' })
      return { data: result.data, error: result.error && String(result.error), wire }
    }
    out[name] = { unknown: await ask([]), known: await ask([]) }
  }
  out.mismatch = await mismatch()
  return out
}

function newClient(link) {
  return new ApolloClient({ link, cache: new InMemoryCache() })
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}

// mismatch sends a hash that is not that of the document, which no client does.
async function mismatch() {
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256('something else') } }
  const wire = []
  await recorded(wire)(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: '{ stats { events } }', extensions }),
  })
  return { wire }
}

// recorded is fetch that notes what each request held and what came back.
function recorded(wire) {
  return async (uri, options) => {
    const answer = await fetch(uri, options)
    const text = await answer.clone().text()
    const params = options.body ? JSON.parse(options.body) : Object.fromEntries(new URL(uri, url).searchParams)
    const extensions = typeof params.extensions === 'string' ? JSON.parse(params.extensions) : params.extensions
    let errors
    try {
      errors = JSON.parse(text).errors
    } catch {
      errors = [{ message: text }]
    }
    wire.push({
      method: options.method ?? 'GET',
      query: 'query' in params,
      hash: extensions?.persistedQuery?.sha256Hash !== undefined,
      status: answer.status,
      message: errors?.[0].message ?? '',
      code: errors?.[0].extensions?.code ?? '',
    })
    return answer
  }
}

const runs = { request, apollo, persisted }
console.log(JSON.stringify(await runs[which]()))
