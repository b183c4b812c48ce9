/**
 * The commands of the {@code gatehouse} script: {@link org.gatehouse.local.command.Launcher} picks one, each is a class
 * that reads its flags, uses the classes of {@code org.gatehouse.local}, and tells in plain sentences what it did.
 */
@NullMarked
package org.gatehouse.local.command;

import org.jspecify.annotations.NullMarked;
