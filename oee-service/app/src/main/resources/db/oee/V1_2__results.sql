-- Numbers for texts that cells name: orders, products, lots, reasons and native states.
CREATE TABLE dictionary (
    kind text NOT NULL CHECK (kind IN ('order', 'product', 'lot', 'reason', 'state')),
    no   int  NOT NULL CHECK (no > 0),
    name text NOT NULL CHECK (name <> ''),
    PRIMARY KEY (kind, no)
);
-- A text may be too long for an index.
CREATE UNIQUE INDEX dictionary_name ON dictionary (kind, md5(name));

CREATE TABLE shift (
    shift_no  int         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    calendar  text        NOT NULL,
    name      text        NOT NULL,
    plant_day date        NOT NULL,
    starts    timestamptz NOT NULL,
    ends      timestamptz NOT NULL,
    crew      text,
    UNIQUE (calendar, plant_day, name),
    CHECK (starts < ends)
);

-- Whether numbers rise, and none is missing.
CREATE FUNCTION ascending(numbers bigint[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT NOT coalesce(bool_or((b > a) IS NOT TRUE), false)
        FROM unnest(numbers[1:cardinality(numbers) - 1], numbers[2:]) AS pair (a, b));

CREATE FUNCTION micros(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (extract(epoch FROM at) * 1000000)::bigint;

-- A stretch of a machine's time in which plant day, shift, order, product and lot stay the same: its sums, and its slices, which
-- lie between neighbouring cuts. Slices with a gap or an overlap cannot be written down.
CREATE TABLE cell (
    machine_id             int         NOT NULL REFERENCES machine,
    during                 tstzrange   NOT NULL,
    plant_day              date        NOT NULL,
    shift_no               int         REFERENCES shift,
    order_no               int,
    product_no             int,
    lot_no                 int,
    version                int         NOT NULL CHECK (version >= 1),
    input_hash             bytea       NOT NULL CHECK (octet_length(input_hash) = 16),
    computed_at            timestamptz NOT NULL,
    -- Microseconds
    production_us          bigint      NOT NULL,
    setup_us               bigint      NOT NULL,
    minor_stop_us          bigint      NOT NULL,
    starved_us             bigint      NOT NULL,
    blocked_us             bigint      NOT NULL,
    delay_us               bigint      NOT NULL,
    breakdown_us           bigint      NOT NULL,
    unexplained_us         bigint      NOT NULL,
    planned_stop_us        bigint      NOT NULL,
    unscheduled_us         bigint      NOT NULL,
    no_data_us             bigint      NOT NULL,
    absorbed_us            bigint      NOT NULL,    -- part of production_us
    -- Millionths of an item
    produced               bigint      NOT NULL,
    good                   bigint      NOT NULL,
    reject                 bigint      NOT NULL,
    rework                 bigint      NOT NULL,
    start_up_reject        bigint      NOT NULL,
    inspected              bigint      NOT NULL,
    good_first_time        bigint      NOT NULL,
    unplanned              bigint      NOT NULL,
    difference             bigint      NOT NULL,
    corrected              boolean     NOT NULL,
    ideal_us               bigint      NOT NULL,
    ideal_good_us          bigint      NOT NULL,
    ideal_start_up_us      bigint      NOT NULL,
    without_ideal          bigint      NOT NULL,
    planned_scrap          bigint      NOT NULL,
    capacity               bigint      NOT NULL,
    stops                  int         NOT NULL CHECK (stops >= 0),
    failures               int         NOT NULL CHECK (failures >= 0),
    repair_us              bigint      NOT NULL,
    corrective_us          bigint      NOT NULL,
    planned_maintenance_us bigint      NOT NULL,
    -- Millionths of a kWh by category, in the order of the numbers of TimeCategory, and by native state; null: no meter
    energy                 bigint[]    CHECK (cardinality(energy) = 11),
    energy_states          int[],
    energy_by_state        bigint[]    CHECK (cardinality(energy_by_state) = cardinality(energy_states)),
    energy_covered_us      bigint      NOT NULL,
    energy_us              bigint      NOT NULL,
    lacks                  int         NOT NULL,    -- bits of the ordinals of Lack
    -- Slices: the microseconds between which they lie, categories by number, numbers of the dictionary (0: none), bits of flags
    cuts                   bigint[]    NOT NULL,
    categories             smallint[]  NOT NULL,
    said                   smallint[]  NOT NULL,
    states                 int[]       NOT NULL,
    reasons                int[]       NOT NULL,
    slice_flags            smallint[]  NOT NULL,
    CONSTRAINT cell_whole CHECK (lower_inc(during) AND NOT upper_inc(during) AND NOT isempty(during)
        AND NOT lower_inf(during) AND NOT upper_inf(during)),
    CONSTRAINT cell_slices_partition CHECK (cardinality(cuts) >= 2 AND array_position(cuts, NULL) IS NULL AND ascending(cuts)
        AND cuts[1] = micros(lower(during)) AND cuts[cardinality(cuts)] = micros(upper(during))
        AND cardinality(categories) = cardinality(cuts) - 1 AND cardinality(said) = cardinality(cuts) - 1
        AND cardinality(states) = cardinality(cuts) - 1 AND cardinality(reasons) = cardinality(cuts) - 1
        AND cardinality(slice_flags) = cardinality(cuts) - 1),
    -- The total only. That each sum is that of its category is proved where cells are made.
    CONSTRAINT cell_adds_up CHECK (production_us + setup_us + minor_stop_us + starved_us + blocked_us + delay_us + breakdown_us
        + unexplained_us + planned_stop_us + unscheduled_us + no_data_us = cuts[cardinality(cuts)] - cuts[1]),
    CONSTRAINT cell_no_overlap EXCLUDE USING gist (int4range(machine_id, machine_id, '[]') WITH &&, during WITH &&)
);
CREATE INDEX cell_order ON cell (order_no, machine_id) WHERE order_no IS NOT NULL;
CREATE INDEX cell_lot ON cell (lot_no, machine_id) WHERE lot_no IS NOT NULL;

-- The slices as rows, for tools that read SQL; with microseconds in cell.cuts.
CREATE VIEW time_slice AS
SELECT c.machine_id, tstzrange(to_timestamp(c.cuts[i] / 1e6), to_timestamp(c.cuts[i + 1] / 1e6)) AS during,
       c.categories[i] AS category, c.said[i] AS said, c.states[i] AS state, c.reasons[i] AS reason, c.slice_flags[i] AS flags
FROM cell c, generate_subscripts(c.categories, 1) AS i;

-- Figures of a line's shift as they were told, and each correction: all versions stay.
CREATE TABLE shift_result (
    line_id    int         NOT NULL REFERENCES line,
    shift_no   int         NOT NULL REFERENCES shift,
    version    int         NOT NULL CHECK (version >= 1),
    input_hash bytea       NOT NULL CHECK (octet_length(input_hash) = 16),
    figures    jsonb       NOT NULL,
    cause      text        NOT NULL,
    told_at    timestamptz NOT NULL,
    PRIMARY KEY (line_id, shift_no, version)
);
