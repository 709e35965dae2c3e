"""Two charts of a clinic: by mean and standard deviation, and by few percentiles."""

import tomllib

from fhc_desktop.domain.growth.local_chart import local_standard

OURS_TOML = """
name = "Our heads"
citation = "Annual report 2020, p. 12"
population = "4,000 examinations of our own, singletons, dated by CRL"
unit = "mm"

[table]
ga_weeks = [18, 19, 20, 21, 22]
mean = [148, 160.1, 172.5, 184.6, 196.3]
sd = [7.0, 7.2, 7.4, 7.7, 7.9]
"""
OURS = local_standard(tomllib.loads(OURS_TOML))
# It has neither a 3rd nor a 97th percentile.
NARROW = local_standard(
    {
        "name": "Narrow",
        "citation": "Annual report 2020, p. 14",
        "population": "400 examinations of our own",
        "unit": "mm",
        "table": {
            "ga_weeks": [18, 20, 22],
            "p10": [139.0, 163.0, 186.0],
            "p50": [148.0, 172.5, 196.3],
            "p90": [157.0, 182.0, 206.0],
        },
    }
)
