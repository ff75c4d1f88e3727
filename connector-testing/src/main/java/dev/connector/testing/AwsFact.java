package dev.connector.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the behaviours of AWS that a test shows, by their numbers in {@code docs/aws-behaviour.md}.
 *
 * <p>The build fails when that list and the tests' numbers differ.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface AwsFact {

    /**
     * The numbers of the behaviours.
     *
     * @return one or more numbers of the list
     */
    int[] value();
}
