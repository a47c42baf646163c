// Runs the audits of the GraphQL over HTTP specification (npm's graphql-http)
// against a server: node audits.mjs http://127.0.0.1:8080/graphql
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
let passed = 0;
const failed = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  if (result.status === 'ok') {
    passed++;
  } else {
    failed.push(`${result.status}: ${result.name}: ${result.reason}`);
  }
}
for (const line of failed) {
  console.error(line);
}
console.log(`${passed} of ${passed + failed.length} audits of GraphQL over HTTP pass`);
process.exit(failed.length > 0 || passed < 61 ? 1 : 0);
