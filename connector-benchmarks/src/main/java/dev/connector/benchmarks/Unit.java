package dev.connector.benchmarks;

import java.util.Locale;

/** What is measured, and how a number of it is printed. */
enum Unit {
    NANOSECONDS {
        @Override
        String print(double value) {
            if (value < 1e3) {
                return number(value) + " ns";
            }
            if (value < 1e6) {
                return number(value / 1e3) + " µs";
            }
            return value < 1e9 ? number(value / 1e6) + " ms" : number(value / 1e9) + " s";
        }
    },
    BYTES {
        @Override
        String print(double value) {
            return value < 1e3 ? Math.round(value) + " B" : number(value / 1e3) + " KB";
        }
    },
    CALLS {
        @Override
        String print(double value) {
            return Math.round(value) + (value == 1 ? " call" : " calls");
        }
    },
    CALLS_EACH {
        @Override
        String print(double value) {
            return number(value) + " calls";
        }
    },
    GRANTS {
        @Override
        String print(double value) {
            return String.format(Locale.ROOT, "%,d", Math.round(value)) + (value == 1 ? " grant" : " grants");
        }
    },
    THREADS {
        @Override
        String print(double value) {
            return Math.round(value) + (value == 1 ? " thread" : " threads");
        }
    };

    abstract String print(double value);

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
