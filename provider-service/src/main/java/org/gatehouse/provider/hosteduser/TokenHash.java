package org.gatehouse.provider.hosteduser;

/** SHA-256 of an access token, in hex. */
public record TokenHash(String hex) {}
