// A certificate for localhost that nobody trusts, with its key: for tests, and good for nothing else. Valid for a hundred years.

export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghx/nScu6ZaiCbk7s
D/W8QHvULGqZHxGGBC2AT+coZfOhRANCAARTUqK5hpTOj5wZr25bkpZZeBstss8q
9w+ynzbSV0TLfviXgmVrZ+AhFTxZzrOW38ShtnSARgr7mChD7s8b15NY
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUQieaA/AmanRcSWGYqJyJzfy7K30wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjIyMDc1MFoYDzIxMjYxMTAy
MjIwNzUwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARTUqK5hpTOj5wZr25bkpZZeBstss8q9w+ynzbSV0TLfviXgmVrZ+Ah
FTxZzrOW38ShtnSARgr7mChD7s8b15NYo28wbTAdBgNVHQ4EFgQUpVc9zp9nj4sP
mi3AAgo6RGW5CdQwHwYDVR0jBBgwFoAUpVc9zp9nj4sPmi3AAgo6RGW5CdQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgOleC8A9APKgScxC4kWh2Oo88TfiBrDSzIZYBgVTQc58CIDha
+YIN0PyZGqyUtXOAqgiy1LB4i+3/kcXltvxa96d/
-----END CERTIFICATE-----`,
};
