import type { GraphiQLProps } from 'graphiql';

/**
 * fetcher posts a query to the endpoint beside this page. A reply that is not JSON, for example from a
 * proxy, becomes a GraphQL error, so that the reader sees one sentence and not a stack trace.
 */
export const fetcher: GraphiQLProps['fetcher'] = async (params, options) => {
  try {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json',
        'content-type': 'application/json',
        ...options?.headers,
      },
      body: JSON.stringify(params),
    });
    const text = await response.text();
    return parseAnswer(text) ?? failure(`The server answered ${response.status} ${response.statusText}: ${text}`);
  } catch (error) {
    return failure(`The query could not be sent: ${error}`);
  }
};

function parseAnswer(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(message: string) {
  return { errors: [{ message }] };
}
