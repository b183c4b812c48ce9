/**
 * Transactions to application services. Each service follows its topics in consumer groups of its own: for each
 * partition one transaction is on its way, stored whole before it is sent, repeated with the same identifier and body
 * until the service takes it, and never skipped.
 */
@NullMarked
package org.gatehouse.provider.push;

import org.jspecify.annotations.NullMarked;
