// Nested queries, each with one list whose page is $n long. Ids are those of crowd.ts.

export const rootPages: Readonly<Record<string, string>> = {
  customers: `query ($n: Int) {
    customers(first: $n) {
      totalCount
      nodes {
        companyName
        template { name country { name } }
        packages { status assignedUsers offering { name } }
        headquarters { name }
        currentOperation { status progress { percent } steps { kind } }
        attachConsent { status }
        setupTasks
        locations(first: 2) { totalCount nodes { name phoneNumbers(first: 2) { totalCount nodes { number user { email } } } } }
        users(first: 3) { totalCount nodes { email phoneNumber package { name } location { name } } }
        someUsers: users(last: 2, filter: { search: "u1" }) { totalCount nodes { email } }
        operations(first: 2) { totalCount nodes { kind progress { percent } } }
      }
    }
  }`,
  'customers, the last ones by name': `query ($n: Int) {
    customers(last: $n, orderBy: { field: COMPANY_NAME, direction: ASC }, filter: { search: "Company" }) {
      nodes {
        template { wholesaleSubscription { number } serviceProviderAdmin { name } }
        currentOperation { events(first: 1) { nodes { message subject { __typename } } } }
        setupTasks
      }
    }
  }`,
  'customers with the numbers of their users': `query ($n: Int) {
    customers(first: $n) {
      nodes { users(first: 5) { nodes { location { phoneNumbers(first: 1) { nodes { number } } } } } }
    }
  }`,
  'customers down to the customers of their users': `query ($n: Int) {
    customers(first: $n) {
      nodes { locations(first: 2) { nodes { phoneNumbers(first: 2) { nodes { user { customer { template { name } } } } } } } }
    }
  }`,
  templates: `query ($n: Int) {
    templates(first: $n) {
      totalCount
      nodes { name serviceProviderAdmin { name } customers(first: 2) { totalCount nodes { companyName packages { assignedUsers } } } }
    }
  }`,
  'templates down to places': `query ($n: Int) {
    templates(first: $n) {
      nodes { wholesaleSubscription { name } customers(first: 3) { nodes { users(first: 3) { totalCount nodes { location { name customer { companyName } } } } } } }
    }
  }`,
  'templates down to events': `query ($n: Int) {
    templates(first: $n) {
      nodes { customers(first: 2) { nodes { operations(first: 2) { nodes { steps { kind } events(first: 2) { nodes { message } } } } } } }
    }
  }`,
  operations: `query ($n: Int) {
    operations(first: $n) {
      nodes { kind customer { companyName setupTasks } steps { kind } events(first: 2) { nodes { cursor customer { companyName } } } }
    }
  }`,
  'operations down to the users of numbers': `query ($n: Int) {
    operations(first: $n) {
      totalCount
      nodes { customer { packages { assignedUsers offering { name } } headquarters { phoneNumbers(first: 2) { nodes { user { email } } } } } }
    }
  }`,
  events: `query ($n: Int) {
    events(first: $n) {
      nodes {
        cursor
        customer { companyName }
        operation { kind }
        subject { __typename ... on User { email customer { companyName } } ... on Location { name customer { companyName } } }
      }
    }
  }`,
  'events with what they are about': `query ($n: Int) {
    events(first: $n) {
      nodes {
        customer { currentOperation { progress { percent } steps { kind } } users(first: 1) { totalCount } }
        operation { customer { headquarters { name } } }
        subject { ... on User { phoneNumber location { name customer { template { name } } } } ... on Location { phoneNumbers(first: 1) { totalCount } } }
      }
    }
  }`,
};

export const nestedPages: Readonly<Record<string, string>> = {
  "a customer's users": `query ($n: Int, $customerId: ID!) {
    customer(id: $customerId) {
      users(first: $n) { totalCount nodes { email phoneNumber package { name } errors { code } location { name address { city } } customer { companyName } } }
    }
  }`,
  "a customer's locations": `query ($n: Int, $customerId: ID!) {
    customer(id: $customerId) {
      locations(first: $n) { totalCount nodes { name customer { companyName } phoneNumbers(first: 2) { totalCount nodes { user { email location { name } } } } } }
    }
  }`,
  "a customer's operations": `query ($n: Int, $customerId: ID!) {
    customer(id: $customerId) {
      operations(last: $n) { totalCount nodes { progress { percent } steps { kind } events(first: 3) { nodes { subject { ... on User { email } } } } } }
    }
  }`,
  "a location's numbers": `query ($n: Int, $locationId: ID!) {
    node(id: $locationId) {
      ... on Location { phoneNumbers(first: $n) { totalCount nodes { number isMain location { name } user { email package { name } location { name } } } } }
    }
  }`,
  "a template's customers": `query ($n: Int, $templateId: ID!) {
    template(id: $templateId) {
      customers(first: $n) { totalCount nodes { packages { assignedUsers } setupTasks headquarters { name } users(first: 2) { totalCount nodes { location { name } } } } }
    }
  }`,
  "an operation's events": `query ($n: Int, $operationId: ID!) {
    operation(id: $operationId) {
      events(first: $n) { nodes { message customer { companyName } operation { kind } subject { ... on User { email phoneNumber location { name } } } } }
    }
  }`,
};

export const openDrafts = `{ openDrafts { id status steps { step } ... on TemplateDraft { name } ... on SetupDraft { summary { newUsers } users(first: 1) { totalCount } } } }`;
