// The script of fallback.html. It is a file of its own because the Content-Security-Policy forbids inline
// scripts, and plain JavaScript because it must work without a build.
'use strict';

const form = document.getElementById('form');
const query = document.getElementById('query');
const variables = document.getElementById('variables');
const answer = document.getElementById('answer');

/** latest numbers the runs, so that a slow answer does not replace that of a later query. */
let latest = 0;

async function run() {
  const mine = ++latest;
  const text = await ask(query.value, variables.value);
  if (mine === latest) {
    answer.textContent = text;
  }
}

/** ask returns the answer as text. What went wrong is also an answer. */
async function ask(queryText, variablesText) {
  let values;
  try {
    values = JSON.parse(variablesText.trim() || '{}');
  } catch (error) {
    return `The variables are not valid JSON: ${error.message}`;
  }
  try {
    const response = await fetch('graphql', {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query: queryText, variables: values }),
    });
    return pretty(await response.text());
  } catch (error) {
    return `The query could not be sent: ${error.message}`;
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function open(example, button) {
  document.querySelector('[aria-current]')?.removeAttribute('aria-current');
  button.setAttribute('aria-current', 'true');
  query.value = example.query;
  variables.value = /^\s*\{\s*\}\s*$/.test(example.variables) ? '' : (example.variables ?? '');
  run();
}

function exampleButton(example) {
  const title = document.createElement('strong');
  title.textContent = example.title;
  const about = document.createElement('span');
  about.className = 'about';
  about.textContent = example.about;
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.example = example.name;
  button.append(title, about);
  button.addEventListener('click', () => open(example, button));
  return button;
}

async function listExamples() {
  const list = document.getElementById('examples');
  try {
    const response = await fetch('examples.json');
    for (const example of await response.json()) {
      const item = document.createElement('li');
      item.append(exampleButton(example));
      list.append(item);
    }
    list.querySelector('button')?.click();
  } catch (error) {
    list.textContent = `The examples could not be loaded: ${error.message}`;
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  run();
});
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
listExamples();
