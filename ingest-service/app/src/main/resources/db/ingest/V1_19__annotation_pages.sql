-- Pages of all annotations are in this order.
CREATE INDEX annotation_page ON annotation (from_time, annotation_id);
