# SPDX-License-Identifier: Apache-2.0
#
# The statistics of src/insights once more, by R's own functions: the other half of oracle_test.
#
#   Rscript oracle.R QUESTIONS ANSWERS
#
# Each line of QUESTIONS is a word and numbers, blanks between; the same line of ANSWERS has the
# results, NA where there is none.

# P(Beta(b) > Beta(a)): adaptive Gauss-Kronrod over the rate itself, from the integrand's peak
# outwards, with R's dbeta (saddle point) and pbeta (TOMS 708).
chance_to_beat <- function(na, ka, nb, kb) {
  if (na == nb && ka == kb) return(0.5)
  upset <- function(na, ka, nb, kb) {
    log_value <- function(x) {  # NaN where pbeta gives up, far below everything that is compared
      value <- suppressWarnings(dbeta(x, 1 + ka, 1 + na - ka, log = TRUE) +
        pbeta(x, 1 + kb, 1 + nb - kb, lower.tail = FALSE, log.p = TRUE))
      ifelse(is.nan(value), -Inf, value)
    }
    slope <- function(t) {  # of the log over log-odds, downwards through the peak
      x <- plogis(t)
      hazard <- suppressWarnings(exp(dbeta(x, 1 + kb, 1 + nb - kb, log = TRUE) -
        pbeta(x, 1 + kb, 1 + nb - kb, lower.tail = FALSE, log.p = TRUE)))
      ka * plogis(-t) - (na - ka) * x - x * plogis(-t) * hazard
    }
    low <- -50; high <- 50
    for (i in 1:60) {
      middle <- (low + high) / 2
      s <- slope(middle)
      if (!is.nan(s) && s > 0) low <- middle else high <- middle
    }
    peak <- plogis(low)
    top <- log_value(peak)
    if (top < -700) return(0)
    scaled <- function(x) exp(log_value(x) - top)
    edge <- function(end) {
      if (is.finite(log_value(end)) && log_value(end) - top > -45) return(end)
      inside <- peak; outside <- end
      for (i in 1:60) {
        middle <- (inside + outside) / 2
        if (log_value(middle) - top > -45) inside <- middle else outside <- middle
      }
      outside
    }
    piece <- function(from, to) {
      if (from >= to) return(0)
      cuts <- from + (to - from) * (0:4) / 4
      sum(sapply(1:4, function(i) integrate(scaled, cuts[i], cuts[i + 1], rel.tol = 1e-12,
        abs.tol = 0, subdivisions = 1000, stop.on.error = FALSE)$value))
    }
    exp(top) * (piece(edge(0), peak) + piece(peak, edge(1)))
  }
  mean_a <- (1 + ka) / (2 + na); mean_b <- (1 + kb) / (2 + nb)
  if (mean_a + mean_b > 1) return(chance_to_beat(nb, nb - kb, na, na - ka))
  if (mean_b > mean_a) 1 - upset(nb, kb, na, ka) else upset(na, ka, nb, kb)
}

compare <- function(na, ka, nb, kb) {
  pa <- ka / na; pb <- kb / nb; d <- pa - pb
  pooled <- (ka + kb) / (na + nb); pooled <- pooled * (1 - pooled) * (1 / na + 1 / nb)
  unpooled <- pa * (1 - pa) / na + pb * (1 - pb) / nb
  z <- if (pooled > 0) d / sqrt(pooled) else 0
  ci <- if (unpooled > 0) pmin(1, pmax(-1, d + c(-1, 1) * qnorm(0.975) * sqrt(unpooled))) else c(NA, NA)

  tau2 <- 0.01^2; alpha <- 0.05
  v <- if (na == nb) unpooled else max(unpooled, pooled)
  log_ratio <- function(gap) 0.5 * log(v / (v + tau2)) + tau2 * gap^2 / (2 * v * (v + tau2))
  msprt <- if (d == 0) 1 else if (v == 0) 0 else min(1, exp(-log_ratio(d)))
  # The gap at which the ratio gets to 1 / alpha, found and not derived.
  half <- if (v > 0) {
    uniroot(function(gap) log_ratio(gap) + log(alpha), c(0, 1e4), tol = 1e-15, maxiter = 10000)$root
  } else NA
  sequence <- pmin(1, pmax(-1, d + c(-1, 1) * half))
  wilson <- suppressWarnings(prop.test(ka, na, correct = FALSE)$conf.int)
  c(z, 2 * pnorm(-abs(z)), ci, msprt, sequence, wilson, chance_to_beat(na, ka, nb, kb))
}

answer <- function(word, x) {
  switch(word,
    compare = compare(x[1], x[2], x[3], x[4]),
    negative_binomial = c(pnbinom(x[3] - 1, size = x[2], mu = x[1], lower.tail = FALSE),
      pnbinom(x[3], size = x[2], mu = x[1]), qnbinom(c(0.01, 0.99), size = x[2], mu = x[1])),
    chi_square = pchisq(x[1], x[2], lower.tail = FALSE),
    sample_ratio = {
      k <- length(x) / 2
      suppressWarnings(chisq.test(x[1:k], p = x[(k + 1):(2 * k)], rescale.p = TRUE)$p.value)
    },
    poisson = poisson.test(x[1], conf.level = x[2])$conf.int,
    normal = c(qnorm(x[1]), 2 * pnorm(-abs(qnorm(x[1]))), pnorm(qnorm(x[1]))),
    student = qt((1 - x[1]) / 2, x[2], lower.tail = FALSE),
    size = power.prop.test(p1 = x[1], p2 = x[2], sig.level = x[3], power = x[4], tol = 1e-13)$n,
    power = power.prop.test(n = x[5], p1 = x[1], p2 = x[2], sig.level = x[3])$power,
    stop("what is ", word, "?"))
}

files <- commandArgs(trailingOnly = TRUE)
questions <- strsplit(readLines(files[1]), " ", fixed = TRUE)
answers <- vapply(questions, function(words) {
  values <- tryCatch(answer(words[1], as.numeric(words[-1])),
    error = function(e) stop(paste(words, collapse = " "), ": ", conditionMessage(e)))
  paste(sprintf("%.17g", values), collapse = " ")
}, "")
writeLines(answers, files[2])
