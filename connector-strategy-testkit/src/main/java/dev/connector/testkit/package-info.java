/**
 * Puts a strategy, the library's or a user's own, through faults, crashes and random histories, and checks that it keeps its word.
 *
 * <pre>{@code
 * // MyWorld implements StrategyWorld: a simulated account with people, targets and your strategy.
 * Report report = StrategyTestKit.of(MyWorld::create).run();
 * System.out.println(report);
 * }</pre>
 */
@NullMarked
package dev.connector.testkit;

import org.jspecify.annotations.NullMarked;
