-- The previous release may run beside this one and still writes `items.reforged`: a later release drops it.
SELECT 1;
