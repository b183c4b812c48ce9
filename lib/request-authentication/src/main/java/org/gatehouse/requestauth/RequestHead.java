package org.gatehouse.requestauth;

import java.util.List;
import java.util.Optional;

/**
 * What a request says before its body.
 *
 * @param target the request target as it stood on the request line
 * @param host the Host header, with its port if it has one
 */
record RequestHead(String method, String target, List<String> authorization, Optional<String> host) {}
